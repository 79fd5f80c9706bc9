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
package io.github.cmsevents.examples.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** An Apache Kafka broker without replicas, in a process of its own that ends with this one. For demos and tests. */
public final class LocalBroker implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final DescribeClusterOptions ANSWER = new DescribeClusterOptions().timeoutMs(5000);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private Process process;

    /**
     * @param directory what it stores; it finds that again when it is started again
     * @param port      0 for a free one
     */
    public LocalBroker(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port == 0 ? freePort() : port;
        this.controllerPort = freePort();
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, and waits until it answers. */
    public void start() throws IOException {
        Files.createDirectories(directory);
        Path config = Files.writeString(directory.resolve("server.properties"), config());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=broker-log4j2.properties"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(BrokerProcess.class.getName(), config.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("broker.log").toFile()))
                .start();
        awaitAnswer();
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        try {
            // The process stops at the end of its input.
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            while (!answers(admin)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    close();
                    throw new IOException("The broker did not start; see " + directory.resolve("broker.log"));
                }
            }
        }
    }

    private static boolean answers(Admin admin) throws IOException {
        try {
            return !admin.describeCluster(ANSWER).nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the broker was starting", e);
        }
    }

    private String config() {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                // In a properties file a backslash begins an escape.
                "log.dirs=" + directory.resolve("log").toString().replace('\\', '/'),
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "auto.create.topics.enable=false",
                "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
