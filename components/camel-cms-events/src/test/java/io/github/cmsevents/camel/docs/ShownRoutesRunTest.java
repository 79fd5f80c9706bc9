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
package io.github.cmsevents.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.cmsevents.camel.CapturedLog;
import io.github.cmsevents.camel.CmsEventsComponent;
import io.github.cmsevents.camel.CmsEventsConfiguration;
import io.github.cmsevents.camel.CmsEventsConsumer;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.component.stub.StubEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that the component's page, the README and the how-to page show runs, against the simulator. */
class ShownRoutesRunTest {

    private static final String USER = "apiuser";
    private static final String PASSWORD = "secret";
    private static final String LOGGER = "shown-routes";
    private static final Path THIS = Path.of("src/test/java/io/github/cmsevents/camel/docs/ShownRoutesRunTest.java");

    @TempDir
    Path folder;

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    private final ObjectMapper json = new ObjectMapper();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Properties properties = new Properties();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private HttpServer service;
    private SimulatedCall call;

    @BeforeEach
    void prepare() throws IOException {
        CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
        CmsEventsConfiguration configuration = component.getConfiguration();
        configuration.setServers(server().url());
        configuration.setUsername(USER);
        configuration.setPassword(PASSWORD);
        component.setReconnectInitialDelay(50);
        component.setReconnectMaxDelay(200);
        context.getShutdownStrategy().setTimeout(5);
        startHttpService();
        // Without a broker: a stub accepts any options and keeps its messages.
        context.addComponent("kafka", new StubComponent());
        // Camel's log listeners receive only enabled log events.
        context.setGlobalOptions(Map.of(Exchange.LOG_EIP_NAME, LOGGER));
        Stream.of(LOGGER, "recordings").forEach(name -> Configurator.setLevel(name, Level.INFO));
        context.getCamelContextExtension().addLogListener((exchange, logger, message) -> {
            logged.add(message);
            return message;
        });
        call = server().createCall("Board meeting");
        properties.setProperty("call", call.id());
        properties.setProperty("room", call.correlator());
        properties.setProperty("kafka.brokers", "localhost:9092");
        properties.setProperty(
                "http.target", "http://localhost:" + service.getAddress().getPort() + "/updates");
        properties.setProperty("file.folder", folder.toString());
        properties.setProperty("failed.folder", folder.toString());
        properties.setProperty("recordings.target", "log:recordings");
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
        service.stop(0);
    }

    static Stream<ShownBlock> routes() {
        return Stream.of(ComponentPage.FILE, ShownBlock.README, ShownBlock.HOW_TO)
                .flatMap(page -> ShownBlock.onPage(page).stream())
                .filter(ShownBlock::isRoute);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    void startsAndReceivesUpdates(ShownBlock block) throws Exception {
        // Camel 4.22, on which this runs too, warns about the compact notation of YAML.
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            load(block);
            assertThat(log.lines()).isEmpty();
        }
        context.start();

        assertThat(context.getRoutes()).isNotEmpty();
        for (Route route : context.getRoutes()) {
            CmsEventsConsumer consumer = (CmsEventsConsumer) route.getConsumer();
            await().untilAsserted(() -> assertThat(consumer.getLastProblem()).isEmpty());
            assertThat(consumer.isReady()).isTrue();
        }
    }

    @Test
    void theFirstRouteOfTheReadmeLogsTheCalls() throws Exception {
        load(ShownBlock.onPage(ShownBlock.README).stream()
                .filter(ShownBlock::isRoute)
                .findFirst()
                .orElseThrow());
        context.start();

        await().untilAsserted(() ->
                assertThat(logged).anyMatch(line -> line.matches("add: Board meeting has \\d participants")));
    }

    @Test
    void updatesReachKafkaWithTheMeetingAsKeyAndASelfContainedBody() throws Exception {
        load(blockOf("to-kafka"));
        context.start();
        call.addParticipant(ParticipantOptions.named("Bo"));

        StubEndpoint topic = context.getEndpoint("kafka:meetings?brokers=localhost:9092", StubEndpoint.class);
        await().until(() -> !topic.getExchanges().isEmpty());
        Exchange sent = topic.getExchanges().get(0);
        assertThat(sent.getMessage().getHeader("kafka.KEY")).isEqualTo(properties.getProperty("room"));
        JsonNode body = json.readTree(sent.getMessage().getBody(String.class));
        assertThat(body.path("name").asText()).isEqualTo("Bo");
        assertThat(body.path("updateType").asText()).isEqualTo("add");
        assertThat(body.path("call").asText()).isEqualTo(call.id());
        assertThat(body.path("callName").asText()).isEqualTo("Board meeting");
        assertThat(body.path("callCorrelator").asText()).isEqualTo(properties.getProperty("room"));
    }

    @Test
    void updatesReachAnHttpService() throws Exception {
        load(blockOf("to-http"));
        context.start();
        await().until(() -> !requests.isEmpty());

        assertThat(requests.get(0))
                .startsWith("POST application/json {")
                .contains("\"updateType\":\"add\"", "\"name\":\"Board meeting\"", "\"call\":\"" + call.id());
    }

    @Test
    void anUpdateThatFailsIsDeliveredAgain() throws Exception {
        failures.add(503);
        load(blockOf("delivered-again"));
        context.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> requests.size() == 2);
        assertThat(requests.get(0)).contains("\"name\":\"Board meeting\"").isEqualTo(requests.get(1));
    }

    @Test
    void updatesReachAFileLineByLine() throws Exception {
        load(blockOf("to-file"));
        context.start();
        Path file = folder.resolve("calls.jsonl");
        await().until(() -> Files.exists(file) && !lines(file).isEmpty());
        call.addParticipant(ParticipantOptions.named("Bo"));
        await().until(() -> lines(file).size() >= 2);

        assertThat(json.readTree(lines(file).get(0)).path("name").asText()).isEqualTo("Board meeting");
        assertThat(json.readTree(lines(file).get(1)).path("participants").asInt())
                .isEqualTo(1);
    }

    @Test
    void aLostConnectionReachesTheErrorHandler() throws Exception {
        load(blockOf("watched"));
        context.start();
        await().until(() -> !logged.isEmpty());
        server().stop();

        await().untilAsserted(() -> assertThat(logged)
                .anyMatch(line -> line.startsWith("No updates from 127.0.0.1:" + server().port() + " (")
                        && line.contains("): Meeting Server ")));
    }

    @Test
    void theJavaRouteRuns() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:callInfo?call={{call}}&elements=name,recording")
                        .filter(simple("${body[recording]} == 'active'"))
                        .to("log:recordings");
            }
        });
        context.start();
        call.set("recording", "active");
        await().untilAsserted(() -> assertThat(logged).anyMatch(line -> line.contains("recording=active")));

        String code = withoutSpaces(Files.readString(THIS));
        assertThat(ShownBlock.onPage(ComponentPage.FILE))
                .filteredOn(block -> block.language().equals("java"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(code).contains(withoutSpaces(block.text())));
    }

    private void startHttpService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/updates", request -> {
            String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean leaked = request.getRequestHeaders().keySet().stream()
                    .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("camel"));
            requests.add(request.getRequestMethod() + " "
                    + request.getRequestHeaders().getFirst("Content-Type") + (leaked ? " leaked " : " ") + body);
            request.sendResponseHeaders(Objects.requireNonNullElse(failures.poll(), 204), -1);
            request.close();
        });
        service.start();
    }

    private MeetingServerSimulator server() {
        return cms.server();
    }

    private void load(ShownBlock block) throws Exception {
        String text =
                block.text().replaceAll("cms\\d?\\.example\\.com:445(,cms\\d\\.example\\.com:445)*", server().url());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("shown.camel." + block.language(), text));
    }

    private static ShownBlock blockOf(String routeId) {
        return routes().filter(block -> block.text().contains("id: " + routeId + "\n"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }
}
