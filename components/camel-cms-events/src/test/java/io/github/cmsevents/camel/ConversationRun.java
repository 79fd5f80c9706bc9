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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ScriptedMeetingServer;
import io.github.cmsevents.simulator.conversation.ClientState;
import io.github.cmsevents.simulator.conversation.Conversation;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;
import org.apache.logging.log4j.Level;

/** One conversation between a scripted server and the routes that its file describes. */
final class ConversationRun implements AutoCloseable, ClientState {

    private static final String USER = "apiuser";
    private static final String PASSWORD = "secret";
    private static final String OPTIONS = "camel.component.cms-events.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode file;
    private final JsonNode component;
    private final ScriptedMeetingServer server;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, ConversationRoute> routes = new LinkedHashMap<>();
    private final CapturedLog log = new CapturedLog(Level.INFO);

    ConversationRun(Path path) throws Exception {
        file = read(path);
        component = file.path("component");
        assumeFalse(component.path("bind").asText().contains(":") && !hasIpv6(), "This machine has no IPv6");
        server = ScriptedMeetingServer.playing(Conversation.read(path))
                .server(builder -> builder.credentials(USER, PASSWORD))
                .client(this)
                .build();
    }

    static JsonNode read(Path path) {
        try {
            return JSON.readTree(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    }

    void play() throws Exception {
        server.listen();
        startRoutes();
        // Only after all routes have started, or a late route would miss messages.
        server.play();
        server.await();
        awaitExchanges();
        // Stop first: no exchange may arrive during the checks.
        context.stop();
        checkExchanges();
        checkLog();
        checkServers();
    }

    // ---- The component and its routes

    private void startRoutes() throws Exception {
        addHealthChecks();
        configureComponent();
        ArrayNode yaml = JSON.createArrayNode();
        component.path("routes").forEach(route -> {
            ConversationRoute seen = new ConversationRoute(route.path("slow"));
            String id = route.path("id").asText();
            routes.put(id, seen);
            context.getRegistry().bind("seen-" + id, seen);
            yaml.add(yaml(id, route));
        });
        context.start();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml.toString()));
    }

    private static ObjectNode yaml(String id, JsonNode route) {
        ObjectNode entry = JSON.createObjectNode();
        ObjectNode from = entry.putObject("route").put("id", id).putObject("from");
        from.put("uri", route.path("uri").asText());
        if (route.has("parameters")) {
            from.set("parameters", route.get("parameters"));
        }
        from.putArray("steps").addObject().putObject("process").put("ref", "seen-" + id);
        return entry;
    }

    private void addHealthChecks() {
        HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
        registry.setExposureLevel("full");
        registry.register(new ConsumersHealthCheckRepository());
        context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
    }

    private void configureComponent() {
        context.getShutdownStrategy().setTimeout(5);
        Component target = context.getComponent("cms-events");
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("servers", servers());
        options.put("username", USER);
        options.put("password", PASSWORD);
        if (component.has("hosts")) {
            options.put("vertxOptions", resolving(component.path("hosts")));
        }
        component
                .path("properties")
                .properties()
                .forEach(property -> options.put(
                        property.getKey().substring(OPTIONS.length()),
                        property.getValue().asText()));
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(target)
                .withConfigurer(target.getComponentPropertyConfigurer())
                .withProperties(options)
                .withMandatory(true)
                .bind();
    }

    private String servers() {
        if (!component.has("address")) {
            return server.urls();
        }
        return withPort(
                component.path("address").asText(), server.server(server.names().get(0)));
    }

    private static String withPort(String text, MeetingServerSimulator server) {
        return text.replace("{port}", Integer.toString(server.port()));
    }

    private static VertxOptions resolving(JsonNode hosts) {
        StringBuilder lines = new StringBuilder();
        // A name with a trailing dot is the same name.
        hosts.forEach(host -> lines.append("127.0.0.1 ")
                .append(host.asText())
                .append(' ')
                .append(host.asText())
                .append(".\n"));
        return new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions().setHostsValue(Buffer.buffer(lines.toString())));
    }

    // ---- State of the client, for the server's steps

    @Override
    public boolean logSays(String text, String level) {
        return log.events().stream()
                .anyMatch(line ->
                        line.has(text) && (level == null || line.level().name().equals(level)));
    }

    @Override
    public boolean isHealth(String state) {
        return HealthCheckHelper.invokeReadiness(context, "full").stream()
                .anyMatch(result -> result.getState().name().equals(state));
    }

    // ---- Expectations of the file

    private boolean allowsOthers() {
        return !file.path("expectOnly").asBoolean(true);
    }

    private void awaitExchanges() {
        await().untilAsserted(() -> {
            expected()
                    .forEach((route, exchanges) -> assertThat(routes.get(route).seen())
                            .as(route)
                            .hasSizeGreaterThanOrEqualTo(exchanges.size()));
            checkLeast();
        });
    }

    private Map<String, List<JsonNode>> expected() {
        Map<String, List<JsonNode>> expected = new LinkedHashMap<>();
        routes.keySet().forEach(route -> expected.put(route, new ArrayList<>()));
        file.path("expect").forEach(one -> expected.get(routeOf(one)).add(one));
        return expected;
    }

    private String routeOf(JsonNode expected) {
        return expected.path("route").asText(routes.keySet().iterator().next());
    }

    private void checkExchanges() {
        expected().forEach((route, exchanges) -> {
            List<ConversationRoute.Seen> seen = routes.get(route).seen();
            for (int i = 0; i < exchanges.size() && i < seen.size(); i++) {
                exchangeIs(route + ", exchange " + (i + 1), seen.get(i), exchanges.get(i));
            }
            if (!allowsOthers()) {
                assertThat(seen).as("all exchanges of route %s", route).hasSize(exchanges.size());
            }
        });
        file.path("never")
                .forEach(never -> assertThat(like(never)).as("never %s", never).isEmpty());
        checkLeast();
        file.path("atMost").forEach(most -> assertThat(like(most))
                .as("at most %s", most)
                .hasSizeLessThanOrEqualTo(most.path("times").asInt()));
    }

    private void checkLeast() {
        file.path("atLeast").forEach(least -> assertThat(like(least))
                .as("at least %s", least)
                .hasSizeGreaterThanOrEqualTo(least.path("times").asInt()));
    }

    private static void exchangeIs(String name, ConversationRoute.Seen seen, JsonNode expected) {
        if (expected.has("updateType")) {
            assertThat(seen.header("UpdateType"))
                    .as("%s: type of %s", name, seen)
                    .isEqualTo(expected.get("updateType"));
        }
        if (expected.has("body")) {
            assertThat(seen.body()).as("%s: body", name).isEqualTo(expected.get("body"));
        }
        expected.path("headers").properties().forEach(header -> assertThat(seen.header(header.getKey()))
                .as("%s: header %s of %s", name, header.getKey(), seen)
                .isEqualTo(header.getValue()));
    }

    /** The exchanges of all routes, or of the one that is named, with these members. */
    private List<ConversationRoute.Seen> like(JsonNode wanted) {
        return routes.entrySet().stream()
                .filter(route ->
                        !wanted.has("route") || wanted.path("route").asText().equals(route.getKey()))
                .flatMap(route -> route.getValue().seen().stream())
                .filter(seen -> seen.isLike(wanted))
                .toList();
    }

    private void checkLog() {
        file.path("neverLog").forEach(never -> assertThat(log.events())
                .as("never in the log: %s", never)
                .noneMatch(line -> line.has(never.asText())));
        file.path("maxLog").forEach(most -> assertThat(log.events())
                .filteredOn(line -> line.has(most.path("text").asText()))
                .as("in the log: %s", most)
                .hasSizeLessThanOrEqualTo(most.path("times").asInt()));
    }

    private void checkServers() {
        assertThat(server.breaches()).isEmpty();
        for (String name : server.names()) {
            MeetingServerSimulator one = server.server(name);
            if (file.has("maxLogins")) {
                assertThat(one.loginCount())
                        .as("logins of server %s", name)
                        .isLessThanOrEqualTo(file.path("maxLogins").asInt());
            }
            if (file.has("hostHeader")) {
                assertThat(one.hostHeaders())
                        .isNotEmpty()
                        .containsOnly(withPort(file.path("hostHeader").asText(), one));
            }
        }
    }

    @Override
    public void close() {
        routes.values().forEach(ConversationRoute::release);
        context.stop();
        server.close();
        log.close();
    }
}
