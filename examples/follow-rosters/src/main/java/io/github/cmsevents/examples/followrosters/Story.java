/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.cmsevents.examples.followrosters;

import static java.util.stream.Collectors.joining;

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the cluster, in a loop: meetings begin, participants join, mute and leave, and twice the route loses the Call Bridge
 * that sends it a meeting's updates. The cluster shows which bridge that is.
 */
final class Story {

    private static final Logger LOG = LoggerFactory.getLogger("cms.story");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final int NONE = -1;

    private final MeetingServerCluster cluster;
    private final Agreement agreement;
    private final Duration pause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread player = new Thread(this::repeatUntilStopped, "story");

    /** Ends the story. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** @param pause the time between two events */
    Story(MeetingServerCluster cluster, Agreement agreement, Duration pause) {
        this.cluster = cluster;
        this.agreement = agreement;
        this.pause = pause;
    }

    void start() {
        player.start();
    }

    /** Ends the story and waits for its thread. */
    void stop() {
        stopped.countDown();
        try {
            player.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeatUntilStopped() {
        try {
            while (true) {
                playOnce();
            }
        } catch (Stopped e) {
            LOG.debug("The story is over");
        }
    }

    private void playOnce() throws Stopped {
        DistributedCall board = boardMeetingBegins();
        int first = carrierOtherThan(NONE, board);
        awaitAgreement();
        say("Board meeting is followed on %s", name(first));
        otherMeetingsBegin(first);

        bridgeStopsTakingPart(first, board);
        int second = carrierOtherThan(first, board);
        continues(second, board);

        bridgeDies(second, board);
        int third = carrierOtherThan(second, board);
        continues(third, board);
        join(board, third, "Max");
        conclude();

        bridgeReturns(second);
        conclude();

        say("All meetings end");
        cluster.calls().forEach(DistributedCall::end);
        awaitAgreement();
    }

    // ---- Scenes

    private DistributedCall boardMeetingBegins() throws Stopped {
        say("Board meeting begins, on all three bridges");
        DistributedCall board = cluster.createCall("Board meeting");
        join(board, 0, "Ada", "Bo");
        join(board, 1, "Cy", "Di");
        join(board, 2, "Ed", "Fay");
        return board;
    }

    private void otherMeetingsBegin(int bridge) throws Stopped {
        int neighbour = (bridge + 1) % cluster.size();
        say("Design review begins on %s and %s, Help desk on %s only", name(bridge), name(neighbour), name(bridge));
        DistributedCall review = cluster.createCall("Design review");
        join(review, bridge, "Gil");
        join(review, neighbour, "Hana");
        DistributedCall desk = cluster.createCall("Help desk");
        join(desk, bridge, "Ivan", "Jo");
        leave(desk.participants().get(0));
        awaitAgreement();
    }

    private void bridgeStopsTakingPart(int bridge, DistributedCall board) throws Stopped {
        List<DistributedParticipant> leavers = hosted(bridge, board);
        say("%s leave Board meeting, so %s no longer takes part", names(leavers), name(bridge));
        for (DistributedParticipant leaver : leavers) {
            leave(leaver);
        }
    }

    private void bridgeDies(int bridge, DistributedCall board) throws Stopped {
        say("%s dies, with %s in Board meeting", name(bridge), names(hosted(bridge, board)));
        cluster.kill(bridge);
    }

    private void continues(int bridge, DistributedCall board) throws Stopped {
        awaitAgreement();
        say("Board meeting is followed on %s", name(bridge));
        mute(hosted(bridge, board).get(0));
        awaitAgreement();
    }

    private void bridgeReturns(int bridge) throws Stopped {
        say("%s returns, and Night shift begins on it only", name(bridge));
        cluster.revive(bridge);
        DistributedCall night = cluster.createCall("Night shift");
        join(night, bridge, "Kim", "Lea");
    }

    // ---- Changes

    private void join(DistributedCall meeting, int bridge, String... names) throws Stopped {
        for (String name : names) {
            meeting.addParticipant(bridge, ParticipantOptions.named(name));
            await(pause);
        }
    }

    private void mute(DistributedParticipant participant) throws Stopped {
        participant.set("audioMuted", true);
        await(pause);
    }

    private void leave(DistributedParticipant participant) throws Stopped {
        participant.leave("remoteTeardown");
        await(pause);
    }

    // ---- Observations

    private static List<DistributedParticipant> hosted(int bridge, DistributedCall meeting) {
        return meeting.participants().stream()
                .filter(participant -> participant.bridge() == bridge)
                .toList();
    }

    private static String names(List<DistributedParticipant> people) {
        return people.stream().map(DistributedParticipant::name).collect(joining(" and "));
    }

    private static String name(int bridge) {
        return "bridge " + (bridge + 1);
    }

    /** Waits until another bridge than before has the subscription to a meeting's roster. */
    private int carrierOtherThan(int before, DistributedCall meeting) throws Stopped {
        return await(() -> carriers(meeting).filter(bridge -> bridge != before).findFirst(), OptionalInt::isPresent)
                .orElseThrow(() ->
                        new IllegalStateException("No bridge has a subscription to the roster of " + meeting.name()));
    }

    private IntStream carriers(DistributedCall meeting) {
        return meeting.bridges().stream().mapToInt(bridge -> bridge).filter(bridge -> meeting.instance(bridge).stream()
                .anyMatch(call -> isCarried(bridge, call)));
    }

    private boolean isCarried(int bridge, SimulatedCall call) {
        return cluster.bridge(bridge).subscriptions().stream()
                .anyMatch(subscription -> "callRoster".equals(subscription.type())
                        && "active".equals(subscription.state())
                        && call.id().equals(subscription.call()));
    }

    /** Waits until the route has received all changes. */
    private void awaitAgreement() throws Stopped {
        await(agreement::holds, holds -> holds);
        await(pause);
    }

    private void conclude() throws Stopped {
        awaitAgreement();
        say("%s", agreement.verdict());
    }

    private static void say(String text, Object... values) {
        LOG.info("--- {}", text.formatted(values));
    }

    // ---- Time

    /** Waits for the expected value, and returns the last one when it does not appear in time. */
    private <T> T await(Supplier<T> look, Predicate<T> asItShouldBe) throws Stopped {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.get();
        while (!asItShouldBe.test(seen) && System.nanoTime() < deadline) {
            await(GLANCE);
            seen = look.get();
        }
        return seen;
    }

    private void await(Duration time) throws Stopped {
        try {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }
}
