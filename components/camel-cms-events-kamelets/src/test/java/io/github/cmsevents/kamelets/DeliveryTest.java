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
package io.github.cmsevents.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.CmsEventsConfiguration;
import io.github.cmsevents.camel.CmsEventsEndpoint;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final MeetingServerExtension cms =
            MeetingServerExtension.create(builder -> builder.credentials("apiuser", "secret"));

    @TempDir
    Path folder;

    static List<String> kamelets() {
        return KameletFile.all().map(KameletFile::name).toList();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aYamlRouteWithParametersReceivesUpdates(String kamelet) throws Exception {
        try (Application application = Application.start(
                folder,
                "routes.camel.yaml",
                """
                - route:
                    from:
                      uri: kamelet:%s
                      parameters:
                        servers: %s
                        username: apiuser
                        password: secret
                %s
                      steps:
                        - log:
                            message: "${body}"
                """.formatted(kamelet, cms.server().url(), followed(kamelet, "        callName: Board*")),
                Map.of())) {
            assertUpdates(kamelet, application);
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void anXmlRouteReceivesUpdates(String kamelet) throws Exception {
        try (Application application = Application.start(
                folder, "routes.camel.xml", """
                <route>
                  <from uri="kamelet:%s%s"/>
                  <log message="${body}"/>
                </route>
                """.formatted(kamelet, followed(kamelet, "?call=*")), component())) {
            assertUpdates(kamelet, application);
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aPipeReceivesUpdates(String kamelet) throws Exception {
        try (Application application = Application.start(
                folder,
                "pipe.yaml",
                """
                apiVersion: camel.apache.org/v1
                kind: Pipe
                metadata:
                  name: meetings
                spec:
                  source:
                    ref:
                      kind: Kamelet
                      apiVersion: camel.apache.org/v1
                      name: %s
                    properties:
                      servers: RAW(%s)
                      username: apiuser
                      password: secret
                %s
                  sink:
                    uri: log:meetings
                """.formatted(kamelet, cms.server().url(), followed(kamelet, "      call: \"*\"")),
                Map.of())) {
            assertUpdates(kamelet, application);
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theKameletsOwnPropertiesApply(String kamelet) throws Exception {
        Map<String, String> properties = new HashMap<>();
        String prefix = "camel.kamelet." + kamelet + ".";
        properties.put(prefix + "servers", cms.server().url());
        properties.put(prefix + "username", "apiuser");
        properties.put(prefix + "password", "secret");
        if (!followed(kamelet, "yes").isEmpty()) {
            properties.put(prefix + "call", "*");
        }
        try (Application application =
                Application.start(folder, "routes.camel.yaml", routeWithoutParameters(kamelet), properties)) {
            assertUpdates(kamelet, application);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cms-calls-source", "cms-conferences-source"})
    void theComponentsPropertiesAreEnough(String kamelet) throws Exception {
        try (Application application =
                Application.start(folder, "routes.camel.yaml", routeWithoutParameters(kamelet), component())) {
            assertUpdates(kamelet, application);
        }
    }

    @Test
    void whatIsLeftOutIsAsOnTheComponent() throws Exception {
        Map<String, String> properties = component();
        properties.put("camel.component.cms-events.merge", "true");
        properties.put("camel.component.cms-events.acknowledge", "received");
        properties.put("camel.component.cms-events.hostnameVerification", "false");
        try (Application application = Application.start(
                folder, "routes.camel.yaml", routeWithoutParameters("cms-calls-source"), properties)) {
            CmsEventsConfiguration configuration = configuration(application);

            assertThat(configuration.isMerge()).isTrue();
            assertThat(configuration.getAcknowledge()).hasToString("received");
            assertThat(configuration.isHostnameVerification()).isFalse();
        }
    }

    @Test
    void aParameterWinsOverTheComponent() throws Exception {
        Map<String, String> properties = component();
        properties.put("camel.component.cms-events.merge", "true");
        properties.put("camel.component.cms-events.reconcile", "false");
        try (Application application = Application.start(folder, "routes.camel.yaml", """
                - route:
                    from:
                      uri: kamelet:cms-call-roster-source
                      parameters:
                        callCorrelator: d1e0b8ee-7a0c-4c6a-9a7e-6f2f6a4a8a51
                        elements: name,state
                        merge: false
                        reconcile: true
                        acknowledge: received
                        bodyType: map
                      steps:
                        - log:
                            message: "${body}"
                """, properties)) {
            CmsEventsConfiguration configuration = configuration(application);

            assertThat(configuration.getCallCorrelator()).isEqualTo("d1e0b8ee-7a0c-4c6a-9a7e-6f2f6a4a8a51");
            assertThat(configuration.getElements()).isEqualTo("name,state");
            assertThat(configuration.isMerge()).isFalse();
            assertThat(configuration.isReconcile()).isTrue();
            assertThat(configuration.getAcknowledge()).hasToString("received");
            assertThat(configuration.getBodyType()).hasToString("map");
        }
    }

    /** As the Kamelet has set it. */
    private static CmsEventsConfiguration configuration(Application application) {
        return application.context().getEndpoints().stream()
                .filter(CmsEventsEndpoint.class::isInstance)
                .map(endpoint -> ((CmsEventsEndpoint) endpoint).getConfiguration())
                .findFirst()
                .orElseThrow();
    }

    private static String routeWithoutParameters(String kamelet) {
        return """
                - route:
                    from:
                      uri: kamelet:%s
                      steps:
                        - log:
                            message: "${body}"
                """.formatted(kamelet);
    }

    private static Map<String, String> component() {
        return new HashMap<>(Map.of(
                "camel.component.cms-events.servers", cms.server().url(),
                "camel.component.cms-events.username", "apiuser",
                "camel.component.cms-events.password", "secret"));
    }

    /** For Kamelets that have to be given the calls. */
    private static String followed(String kamelet, String parameter) {
        return kamelet.contains("-call-") ? parameter : "";
    }

    /** A meeting begins, changes and ends; the application receives that, in the form that the Kamelet says. */
    private static void assertUpdates(String kamelet, Application application) {
        SimulatedCall call = cms.server().createCall("Board meeting");
        SimulatedParticipant ada = call.addParticipant("Ada", "ada@example.com");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(types(application)).contains("add"));
        ada.set(Map.of(
                "movedParticipant", UUID.randomUUID().toString(),
                "movedParticipantCallBridge", UUID.randomUUID().toString(),
                "importance", 3));
        call.set("recording", "active");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(types(application)).contains("update"));
        ada.leave("clientInitiated");
        call.end("allLeft");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(types(application)).contains("remove"));

        JsonNode schema = KameletFile.named(kamelet).schema();
        Set<String> received = new TreeSet<>();
        for (JsonNode update : updates(application)) {
            schema.path("required").forEach(key -> assertThat(update.has(key.asText()))
                    .as("%s in %s", key, update)
                    .isTrue());
            update.properties().forEach(each -> {
                received.add(each.getKey());
                assertThat(fits(each.getValue(), schema.path("properties").path(each.getKey())))
                        .as("%s in %s", each.getKey(), update)
                        .isTrue();
            });
        }
        Set<String> described = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(described::add);
        assertThat(received).isEqualTo(described);
    }

    private static boolean fits(JsonNode value, JsonNode schema) {
        if (value.isNull()) {
            return schema.path("nullable").asBoolean();
        }
        return switch (schema.path("type").asText()) {
            case "string" ->
                value.isTextual()
                        && (!schema.has("enum")
                                || schema.path("enum").toString().contains(value.toString()));
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    private static List<String> types(Application application) {
        return updates(application).stream()
                .map(update -> update.path("updateType").asText())
                .toList();
    }

    private static List<JsonNode> updates(Application application) {
        return application.bodies().stream()
                .map(body -> {
                    assertThat(body).isInstanceOf(String.class);
                    try {
                        return JSON.readTree((String) body);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError("Not JSON: " + body, e);
                    }
                })
                .toList();
    }
}
