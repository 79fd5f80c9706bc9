package io.github.cmsevents.camel.internal.content;

/** A route that receives updates. Called on the event loop, so it must not block. */
public interface Receiver {

    /** Takes updates, in the order of the wire. */
    void receive(Batch batch);

    /** Something keeps updates from coming; called once for each time that it happens. */
    void problem(Exception problem);

    /** The route's id, for log lines. */
    String name();

    /**
     * When the oldest message was received that the route has not acknowledged yet, in milliseconds since 1970; 0 when there
     * is none. May be called from any thread.
     */
    long waitingSince();
}
