package io.github.cmsevents.camel.internal.status;

/**
 * The calls that a route follows, at one moment.
 *
 * @param active  how many of them the servers send the content of
 * @param waiting how many wait because no server that reports them has room
 * @param refused how many the servers that report them refuse
 */
public record FollowingStatus(int followed, int active, int waiting, int refused) {

    public static final FollowingStatus NOTHING = new FollowingStatus(0, 0, 0, 0);
}
