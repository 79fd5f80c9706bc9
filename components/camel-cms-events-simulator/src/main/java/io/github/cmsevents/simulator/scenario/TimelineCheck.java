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

import io.github.cmsevents.simulator.scenario.Timeline.Action;
import io.github.cmsevents.simulator.scenario.Timeline.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks a timeline without a server for steps that cannot be played. */
final class TimelineCheck {

    private final String file;
    private final Timeline timeline;
    private final Set<String> active = new HashSet<>();
    private final Map<String, String> callByParticipant = new HashMap<>();

    TimelineCheck(String file, Timeline timeline) {
        this.file = file;
        this.timeline = timeline;
    }

    void run() {
        timeline.calls().forEach((name, call) -> {
            if (call.startsByItself()) {
                active.add(name);
            }
        });
        timeline.steps().forEach(this::play);
    }

    private void play(Step step) {
        Action action = step.action();
        if (action instanceof Action.Start start) {
            requireDeclared(step, "start", start.call());
            require(active.add(start.call()), step, "start", "call '" + start.call() + "' is active already");
        } else if (action instanceof Action.Join join) {
            requireActive(step, "join: call", join.call());
            require(
                    callByParticipant.putIfAbsent(join.participant(), join.call()) == null,
                    step,
                    "join: participant",
                    "'" + join.participant() + "' has joined already");
        } else if (action instanceof Action.ChangeCall change) {
            requireActive(step, "change: call", change.call());
        } else if (action instanceof Action.ChangeParticipant change) {
            requireJoined(step, "change: participant", change.participant());
        } else if (action instanceof Action.Leave leave) {
            requireJoined(step, "leave: participant", leave.participant());
            callByParticipant.remove(leave.participant());
        } else if (action instanceof Action.End end) {
            requireActive(step, "end", end.call());
            active.remove(end.call());
            callByParticipant.values().removeIf(end.call()::equals);
        }
    }

    private void requireDeclared(Step step, String field, String call) {
        require(timeline.calls().containsKey(call), step, field, "no call '" + call + "' under 'calls'");
    }

    private void requireActive(Step step, String field, String call) {
        requireDeclared(step, field, call);
        require(active.contains(call), step, field, "call '" + call + "' is not active at this time");
    }

    private void requireJoined(Step step, String field, String participant) {
        require(
                callByParticipant.containsKey(participant),
                step,
                field,
                "'" + participant + "' is in no call at this time");
    }

    private void require(boolean fine, Step step, String field, String mistake) {
        if (!fine) {
            throw new Place(file).field("step " + step.number()).field(field).mistake(mistake);
        }
    }
}
