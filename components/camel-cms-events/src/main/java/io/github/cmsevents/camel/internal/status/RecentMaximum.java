package io.github.cmsevents.camel.internal.status;

/** The largest of the values of the last one to two minutes: a maximum that never decays says nothing of today. */
final class RecentMaximum {

    private static final long WINDOW_MILLIS = 60_000;

    private long window;
    private long current;
    private long previous;

    /** @param now in milliseconds since 1970 */
    synchronized void record(long value, long now) {
        moveTo(now);
        current = Math.max(current, value);
    }

    synchronized long get(long now) {
        moveTo(now);
        return Math.max(current, previous);
    }

    private void moveTo(long now) {
        long present = now / WINDOW_MILLIS;
        if (present > window) {
            previous = present == window + 1 ? current : 0;
            current = 0;
            window = present;
        }
    }
}
