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
package io.github.cmsevents.simulator.scenario;

import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.scenario.Timeline.Action;
import io.github.cmsevents.simulator.scenario.Timeline.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a timeline on the server's thread. Steps of the same time are one change. */
final class TimelinePlayer implements ScenarioRun {

    private static final Logger LOG = LoggerFactory.getLogger(TimelinePlayer.class);

    /** The time between the last step and the next round. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

    private final String name;
    private final Timeline timeline;
    private final double speed;
    private final MeetingServerSimulator server;
    private final Map<String, SimulatedCall> calls = new HashMap<>();
    private final Map<String, SimulatedParticipant> participants = new HashMap<>();
    private long roundStartedAt;
    private int round;
    private int guids;
    private int nextStep;
    private volatile Future<?> next;
    private volatile boolean closed;

    TimelinePlayer(String name, Timeline timeline, double speed, MeetingServerSimulator server) {
        this.name = name;
        this.timeline = timeline;
        this.speed = speed;
        this.server = server;
    }

    void start() {
        server.transaction(this::startRound);
    }

    @Override
    public void close() {
        closed = true;
        Future<?> pending = next;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private void startRound() {
        calls.values().stream().filter(call -> !call.hasEnded()).forEach(SimulatedCall::end);
        calls.clear();
        participants.clear();
        nextStep = 0;
        round++;
        roundStartedAt = System.nanoTime();
        timeline.calls().forEach((call, plan) -> {
            if (plan.startsByItself()) {
                play(new Action.Start(call));
            }
        });
        playStepsAt(Duration.ZERO);
    }

    /** Plays the steps of this time and schedules the next ones. */
    private void playStepsAt(Duration time) {
        List<Step> steps = timeline.steps();
        while (nextStep < steps.size() && steps.get(nextStep).at().equals(time)) {
            play(steps.get(nextStep++).action());
        }
        if (nextStep < steps.size()) {
            Duration at = steps.get(nextStep).at();
            schedule(at, () -> playStepsAt(at));
        } else if (timeline.repeat()) {
            schedule(time.plus(BETWEEN_ROUNDS), this::startRound);
        }
    }

    /** Relative to the start of the round, so that delays do not add up. */
    private void schedule(Duration at, Runnable work) {
        long delay = roundStartedAt + (long) (at.toNanos() / speed) - System.nanoTime();
        next = server.scheduler().schedule(() -> runUnlessClosed(work), Math.max(0, delay), TimeUnit.NANOSECONDS);
    }

    private void runUnlessClosed(Runnable work) {
        if (closed) {
            return;
        }
        try {
            server.transaction(work);
        } catch (RuntimeException e) {
            // For example because other code ended a call.
            LOG.error("Scenario {} failed at step {} and plays no further steps", name, nextStep, e);
        }
    }

    private void play(Action action) {
        if (action instanceof Action.Start start) {
            calls.put(start.call(), server.createCall(options(start.call())));
        } else if (action instanceof Action.Join join) {
            participants.put(join.participant(), calls.get(join.call()).addParticipant(options(join)));
        } else if (action instanceof Action.ChangeCall change) {
            calls.get(change.call()).set(change.elements());
        } else if (action instanceof Action.ChangeParticipant change) {
            participants.get(change.participant()).set(change.elements());
        } else if (action instanceof Action.Leave leave) {
            SimulatedParticipant leaver = participants.remove(leave.participant());
            leave.reason().ifPresentOrElse(leaver::leave, leaver::leaveRemotely);
        } else if (action instanceof Action.End end) {
            calls.remove(end.call()).end();
            participants.values().removeIf(SimulatedParticipant::hasLeft);
        }
    }

    private CallOptions options(String call) {
        Timeline.CallPlan plan = timeline.calls().get(call);
        CallOptions options = CallOptions.named(call)
                .guid(plan.id().orElseGet(() -> newGuid(call)))
                .correlator(guid(call));
        for (var element : plan.elements().entrySet()) {
            options = options.set(element.getKey(), element.getValue());
        }
        return options;
    }

    private ParticipantOptions options(Action.Join join) {
        ParticipantOptions options = ParticipantOptions.named(join.participant())
                .guid(join.id().orElseGet(() -> newGuid(join.participant())));
        for (var element : join.elements().entrySet()) {
            options = options.set(element.getKey(), element.getValue());
        }
        return options;
    }

    /** Different for each call of this method, and the same in every run. */
    private String newGuid(String alias) {
        return guid(alias + " " + round + " " + ++guids);
    }

    private String guid(String text) {
        return UUID.nameUUIDFromBytes((name + " " + text).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
