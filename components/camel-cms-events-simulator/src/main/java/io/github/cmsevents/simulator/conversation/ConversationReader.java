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
package io.github.cmsevents.simulator.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.scenario.Fields;
import io.github.cmsevents.simulator.scenario.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads and checks the steps of a conversation file. */
final class ConversationReader {

    private static final List<String> KINDS =
            List.of("expect", "send", "raw", "afterAck", "wait", "lose", "silent", "login", "logins", "logSays");
    private static final Pattern RESOURCE = Pattern.compile("calls|(callRoster|callInfo) \\S+");
    private static final int DEFAULT_WITHIN = 30_000;
    private static final int NORMAL_CLOSURE = 1000;

    private final Place file;
    private List<String> servers = List.of();

    ConversationReader(String name) {
        this.file = new Place(name);
    }

    Conversation read(JsonNode root) {
        Fields fields = new Fields(file, root);
        JsonNode component = root.path("component");
        servers = servers(component.path("servers"));
        List<Step> steps = new ArrayList<>();
        JsonNode list = fields.required("server");
        if (!list.isArray() || list.isEmpty()) {
            throw file.field("server").mistake("must be a list of steps");
        }
        for (JsonNode entry : list) {
            steps.add(step(new Fields(file.field("step " + (steps.size() + 1)), entry)));
        }
        Optional<String> bind =
                component.isObject() ? new Fields(file.field("component"), component).text("bind") : Optional.empty();
        return new Conversation(file.path(), fields.text("title").orElse(""), servers, bind, steps);
    }

    private static List<String> servers(JsonNode names) {
        List<String> servers = new ArrayList<>();
        names.forEach(name -> servers.add(name.asText()));
        return servers.isEmpty() ? List.of("A") : servers;
    }

    private Step step(Fields step) {
        List<String> kinds = KINDS.stream().filter(step::has).toList();
        if (kinds.size() != 1) {
            throw step.place().mistake("needs exactly one of " + KINDS + ", has " + kinds);
        }
        return switch (kinds.get(0)) {
            case "expect" -> expect(step.allowOnly(List.of("expect", "of", "on", "within")));
            case "send" -> new Step.Send(server(step.allowOnly(List.of("send", "on"))), message(step));
            case "raw" -> new Step.Raw(server(step.allowOnly(List.of("raw", "on"))), step.requiredText("raw"));
            case "afterAck" -> {
                requireTrue(step, "afterAck");
                yield new Step.AfterAck(server(step.allowOnly(List.of("afterAck", "on"))));
            }
            case "wait" -> new Step.Wait(millis(step.allowOnly(List.of("wait")), "wait", 0));
            case "lose" -> lose(step.allowOnly(List.of("lose", "code", "on")));
            case "silent" -> {
                requireTrue(step, "silent");
                yield new Step.Silent(server(step.allowOnly(List.of("silent", "on"))));
            }
            case "login" -> login(step.allowOnly(List.of("login", "headers", "end", "on")));
            case "logins" -> {
                step.allowOnly(List.of("logins", "orHealth", "within", "on"));
                yield new Step.Logins(server(step), number(step, "logins", 1), step.text("orHealth"), within(step));
            }
            default -> {
                step.allowOnly(List.of("logSays", "level", "orHealth", "within"));
                yield new Step.LogSays(
                        step.requiredText("logSays"), step.text("level"), step.text("orHealth"), within(step));
            }
        };
    }

    private Step expect(Fields step) {
        if (!step.requiredText("expect").equals("subscribeRequest")) {
            throw step.place().field("expect").mistake("must be subscribeRequest");
        }
        List<String> resources = new ArrayList<>();
        for (JsonNode resource : step.required("of")) {
            if (!RESOURCE.matcher(resource.asText()).matches()) {
                throw step.place()
                        .field("of")
                        .mistake("must list 'calls', 'callRoster GUID' or 'callInfo GUID', has " + resource);
            }
            resources.add(resource.asText());
        }
        return new Step.Expect(server(step), resources, within(step));
    }

    private static ObjectNode message(Fields step) {
        if (step.required("send") instanceof ObjectNode message) {
            return message;
        }
        throw step.place().field("send").mistake("must be an object");
    }

    private Step lose(Fields step) {
        String how = step.requiredText("lose");
        if (how.equals("drop") && !step.has("code")) {
            return new Step.Lose(server(step), OptionalInt.empty());
        }
        if (how.equals("close")) {
            int code = step.has("code") ? number(step, "code", NORMAL_CLOSURE) : NORMAL_CLOSURE;
            return new Step.Lose(server(step), OptionalInt.of(code));
        }
        throw step.place().field("lose").mistake("must be 'drop', without 'code', or 'close'");
    }

    private Step login(Fields step) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (step.has("headers")) {
            step.required("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        }
        String end = step.text("end").orElse("length");
        try {
            Fault.ReplyEnd replyEnd = Fault.ReplyEnd.valueOf(end.toUpperCase(Locale.ROOT));
            int status = number(step, "login", 200);
            return new Step.Login(server(step), new Fault.AnswerLogin(status, headers, replyEnd));
        } catch (IllegalArgumentException e) {
            throw step.place().mistake("needs a status from 200 to 599 in 'login', and fin, reset or open in 'end'");
        }
    }

    private String server(Fields step) {
        String server = step.text("on").orElse(servers.get(0));
        if (!servers.contains(server)) {
            throw step.place().field("on").mistake("no server '" + server + "'; there are " + servers);
        }
        return server;
    }

    private static Duration within(Fields step) {
        return step.has("within") ? millis(step, "within", 1) : Duration.ofMillis(DEFAULT_WITHIN);
    }

    private static Duration millis(Fields step, String field, int least) {
        return Duration.ofMillis(number(step, field, least));
    }

    private static int number(Fields step, String field, int least) {
        JsonNode value = step.required(field);
        if (!value.isInt() || value.intValue() < least) {
            throw step.place().field(field).mistake("must be a whole number, " + least + " or more");
        }
        return value.intValue();
    }

    private static void requireTrue(Fields step, String field) {
        if (!step.flag(field)) {
            throw step.place().field(field).mistake("must be true");
        }
    }
}
