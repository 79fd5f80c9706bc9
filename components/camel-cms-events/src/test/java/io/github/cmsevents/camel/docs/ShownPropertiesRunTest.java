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

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatorTls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The properties on the component's page work as described, in Camel's own main class. */
class ShownPropertiesRunTest {

    private static final String USER = "apiuser";
    private static final String PASSWORD = "secret";

    @TempDir
    Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Main main = new Main();
    private MeetingServerSimulator server;

    @AfterEach
    void stop() {
        main.stop();
        server.close();
    }

    @Test
    void configuresTheConnectionOfTheComponent() throws Exception {
        server = start(
                MeetingServerSimulator.builder().credentials(USER, PASSWORD).build());
        Properties shown = block("connection");
        assertThat(shown).hasSize(3).containsEntry("camel.component.cms-events.password", "{{env:CMS_PASSWORD}}");
        receives(shown);
    }

    @Test
    void aPasswordOutsideAsciiCanBeEscaped() throws Exception {
        server = start(
                MeetingServerSimulator.builder().credentials(USER, "gr\u00fcn").build());
        Path file = folder.resolve("application.properties");
        Files.writeString(file, "camel.component.cms-events.password = gr\\u00fcn\n", StandardCharsets.ISO_8859_1);
        main.setPropertyPlaceholderLocations("file:" + file);
        receives(new Properties());
    }

    @Test
    @Tag("trust-store-alone")
    void aTrustStoreAloneIsEnough() throws Exception {
        server = startWithTls("127.0.0.1");
        makeTrustStore();
        receives(block("trust"));
    }

    @Test
    void theTrustStoreCanBeNamedAsKeyStoreToo() throws Exception {
        server = startWithTls("127.0.0.1");
        makeTrustStore();
        receives(block("trust", "trust-store-as-key-store"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux answers at all of 127.0.0.0/8 without being set up to")
    void aCertificateWithAnotherNameIsAccepted() throws Exception {
        server = startWithTls("0.0.0.0");
        makeTrustStore();
        Properties properties = block("trust", "trust-store-as-key-store", "other-name");
        properties.setProperty("camel.component.cms-events.servers", "127.0.0.2:" + server.port());
        receives(properties);
    }

    @Test
    void aClientCertificateIsRead() throws Exception {
        server = startWithTls("127.0.0.1");
        makeTrustStore();
        run("keytool -genkeypair -alias client -keyalg EC -dname CN=client -keystore client.p12 -storetype PKCS12"
                + " -storepass changeit");
        receives(block("trust", "client-certificate"));
    }

    @Test
    void aProxyIsUsed() throws Exception {
        server = start(
                MeetingServerSimulator.builder().credentials(USER, PASSWORD).build());
        List<String> connected = new CopyOnWriteArrayList<>();
        Vertx vertx = Vertx.vertx();
        try {
            NetServer proxy = vertx.createNetServer()
                    .connectHandler(client -> client.handler(head -> connect(vertx, client, head, connected)))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            Properties properties = block("proxy");
            properties.setProperty("camel.beans.cmsProxy.host", "127.0.0.1");
            properties.setProperty("camel.beans.cmsProxy.port", String.valueOf(proxy.actualPort()));
            receives(properties);
            // The login, and the socket.
            assertThat(connected).hasSize(2).allMatch(line -> line.contains("127.0.0.1:" + server.port()));
        } finally {
            main.stop();
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static void connect(Vertx vertx, NetSocket client, Buffer head, List<String> connected) {
        String line = head.toString().lines().findFirst().orElse("");
        connected.add(line);
        String[] target = line.split(" ")[1].split(":");
        client.pause();
        vertx.createNetClient()
                .connect(Integer.parseInt(target[1]), target[0])
                .onSuccess(far -> {
                    client.write("HTTP/1.1 200 OK\r\n\r\n");
                    client.pipeTo(far);
                    far.pipeTo(client);
                })
                .onFailure(e -> client.close());
    }

    private void receives(Properties properties) throws Exception {
        server.createCall("Board meeting");
        properties.putIfAbsent("camel.component.cms-events.servers", server.url());
        if (properties.getProperty("camel.component.cms-events.servers").contains("example.com")) {
            properties.setProperty("camel.component.cms-events.servers", server.url());
        }
        properties.setProperty("camel.component.cms-events.username", USER);
        if (!Files.exists(folder.resolve("application.properties"))) {
            properties.setProperty("camel.component.cms-events.password", PASSWORD);
            main.setDefaultPropertyPlaceholderLocation("false");
        }
        properties.forEach((name, value) ->
                main.addInitialProperty((String) name, ((String) value).replace("file:", "file:" + folder + "/")));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name")
                        .process(exchange ->
                                seen.add(exchange.getMessage().getBody().toString()));
            }
        });
        main.start();
        await().untilAsserted(() -> assertThat(seen).anyMatch(body -> body.contains("Board meeting")));
    }

    private static Properties block(String... names) {
        Properties properties = new Properties();
        for (String name : names) {
            Properties block = ShownBlock.onPage(ComponentPage.FILE).stream()
                    .filter(shown -> shown.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .properties();
            assertThat(block).isNotEmpty();
            properties.putAll(block);
        }
        return properties;
    }

    private MeetingServerSimulator startWithTls(String host) throws Exception {
        return start(MeetingServerSimulator.builder()
                .host(host)
                .credentials(USER, PASSWORD)
                .tls(SimulatorTls.selfSigned())
                .build());
    }

    private static MeetingServerSimulator start(MeetingServerSimulator server) throws Exception {
        return server.start();
    }

    /** As the page says. */
    private void makeTrustStore() throws Exception {
        Files.writeString(folder.resolve("meeting-server.pem"), server.certificatePem());
        String command = ShownBlock.onPage(ComponentPage.FILE).stream()
                .filter(block -> block.language().equals("bash"))
                .findFirst()
                .orElseThrow()
                .text();
        run(command.strip());
    }

    private void run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.set(
                0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(output))
                .isZero();
    }
}
