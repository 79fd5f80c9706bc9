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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.model.Elements;
import io.github.cmsevents.simulator.model.Resource;
import io.github.cmsevents.simulator.scenario.Timeline.Action;
import io.github.cmsevents.simulator.scenario.Timeline.CallPlan;
import io.github.cmsevents.simulator.scenario.Timeline.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a timeline from a file's tree; reports mistakes with the file's name, the step and the field. */
final class TimelineReader {

    private static final List<String> ACTIONS = List.of("start", "join", "change", "leave", "end");

    private final String file;

    TimelineReader(String file) {
        this.file = file;
    }

    Timeline read(JsonNode root) {
        Place top = new Place(file);
        Fields fields = new Fields(top, root).allowOnly(List.of("calls", "steps", "repeat"));
        List<Step> steps = steps(fields);
        Map<String, CallPlan> calls = calls(fields, steps);
        Timeline timeline = new Timeline(calls, steps, fields.flag("repeat"));
        new TimelineCheck(file, timeline).run();
        return timeline;
    }

    private static Map<String, CallPlan> calls(Fields fields, List<Step> steps) {
        Set<String> started = new HashSet<>();
        for (Step step : steps) {
            if (step.action() instanceof Action.Start start) {
                started.add(start.call());
            }
        }
        Map<String, CallPlan> calls = new LinkedHashMap<>();
        JsonNode node = fields.required("calls");
        if (!node.isObject() || node.isEmpty()) {
            throw fields.place().field("calls").mistake("must be an object with at least one call");
        }
        node.properties().forEach(entry -> {
            Fields call = new Fields(fields.place().field("calls").field(entry.getKey()), entry.getValue());
            Map<String, JsonNode> elements = call.elements(callElements(), List.of("id"));
            calls.put(entry.getKey(), new CallPlan(call.text("id"), elements, !started.contains(entry.getKey())));
        });
        return calls;
    }

    private List<Step> steps(Fields fields) {
        JsonNode node = fields.required("steps");
        if (!node.isArray()) {
            throw fields.place().field("steps").mistake("must be a list");
        }
        List<Step> steps = new ArrayList<>();
        Duration last = Duration.ZERO;
        for (JsonNode entry : node) {
            int number = steps.size() + 1;
            Place place = new Place(file).field("step " + number);
            Fields step = new Fields(place, entry);
            Duration at = step.duration("at");
            if (at.compareTo(last) < 0) {
                throw place.field("at").mistake("is earlier than the step before");
            }
            last = at;
            steps.add(new Step(number, at, action(step)));
        }
        return steps;
    }

    private static Action action(Fields step) {
        List<String> allowed = new ArrayList<>(ACTIONS);
        allowed.add("at");
        step.allowOnly(allowed);
        List<String> present = ACTIONS.stream().filter(step::has).toList();
        if (present.size() != 1) {
            throw step.place().mistake("needs exactly one of " + ACTIONS + ", has " + present);
        }
        String action = present.get(0);
        if (action.equals("start")) {
            return new Action.Start(step.requiredText("start"));
        }
        if (action.equals("end")) {
            return new Action.End(step.requiredText("end"));
        }
        Fields fields = new Fields(step.place().field(action), step.required(action));
        return switch (action) {
            case "join" ->
                new Action.Join(
                        fields.requiredText("call"),
                        fields.requiredText("participant"),
                        fields.text("id"),
                        fields.elements(participantElements(), List.of("call", "participant", "id")));
            case "leave" -> {
                fields.allowOnly(List.of("participant", "reason"));
                yield new Action.Leave(fields.requiredText("participant"), fields.text("reason"));
            }
            default -> change(fields);
        };
    }

    private static Action change(Fields fields) {
        if (fields.has("call") == fields.has("participant")) {
            throw fields.place().mistake("needs either 'call' or 'participant'");
        }
        boolean ofCall = fields.has("call");
        Map<String, JsonNode> elements = ofCall
                ? fields.elements(callElements(), List.of("call"))
                : fields.elements(participantElements(), List.of("participant"));
        if (elements.isEmpty()) {
            throw fields.place().mistake("names no element to change");
        }
        return ofCall
                ? new Action.ChangeCall(fields.requiredText("call"), elements)
                : new Action.ChangeParticipant(fields.requiredText("participant"), elements);
    }

    private static Set<String> callElements() {
        Set<String> elements = new TreeSet<>(Elements.documented().of(Resource.CALL_INFO));
        // The simulator counts the roster.
        elements.remove("participants");
        return elements;
    }

    private static Set<String> participantElements() {
        return Elements.documented().of(Resource.CALL_ROSTER);
    }
}
