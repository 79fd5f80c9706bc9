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
package io.github.cmsevents.simulator.cli;

import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.ClusterBuilder;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ScriptedMeetingServer;
import io.github.cmsevents.simulator.SimulatorBuilder;
import io.github.cmsevents.simulator.SimulatorTls;
import io.github.cmsevents.simulator.conversation.Conversation;
import io.github.cmsevents.simulator.conversation.ConversationFailedException;
import io.github.cmsevents.simulator.scenario.LivelyClusterScenario;
import io.github.cmsevents.simulator.scenario.LivelyOptions;
import io.github.cmsevents.simulator.scenario.LivelyScenario;
import io.github.cmsevents.simulator.scenario.Scenario;
import io.github.cmsevents.simulator.scenario.ScenarioFile;
import io.github.cmsevents.simulator.scenario.ScenarioRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulator from the command line. */
@Command(
        name = "meeting-server-simulator",
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Simulates a Cisco Meeting Server for event clients: token login, events WebSocket, and meetings that"
                    + " change over time. It is strict: the socket of a client that breaches the protocol is closed.",
            ""
        },
        footer = {"", "Runs until Ctrl-C, and then prints the breaches that it counted."})
public final class SimulatorMain implements Callable<Integer> {

    private static final int PLAIN_PORT = 8080;
    private static final int TLS_PORT = 8443;
    private static final String LIVELY = "lively";
    private static final String NONE = "none";
    private static final String DEFAULT_ACCOUNT = "admin";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 takes a free one. Default: " + TLS_PORT + " with TLS, " + PLAIN_PORT
                    + " without.")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(names = "--tls", description = "HTTPS with a new self-signed certificate.")
    private boolean tls;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "HTTPS with this certificate (PEM).")
    private Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM, unencrypted).")
    private Path tlsKey;

    @Option(
            names = "--certificate-out",
            paramLabel = "FILE",
            description = "Write the certificate to this file (PEM), for clients to trust.")
    private Path certificateOut;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = DEFAULT_ACCOUNT,
            description = "The account that may log in. Default: ${DEFAULT-VALUE}.")
    private String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            defaultValue = DEFAULT_ACCOUNT,
            description = "Its password. Default: ${DEFAULT-VALUE}.")
    private String password;

    @Option(
            names = "--bridges",
            paramLabel = "N",
            description = "A cluster of N Call Bridges, on consecutive ports from --port on.")
    private Integer bridges;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            defaultValue = LIVELY,
            description = "The scenario to play: a scenario file (YAML or JSON), '" + LIVELY
                    + "' (built in, the default), or '" + NONE + "'.")
    private String scenario;

    @Option(
            names = "--play",
            paramLabel = "FILE",
            description =
                    "Play the conversation in this file (YAML or JSON) instead of a scenario, and exit: with 0 when the"
                            + " client did all that the steps wait for, else with 1.")
    private Path conversation;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Seed of the lively scenario; the same seed makes the same changes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Speed factor of the scenario. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(names = "--reusable-tokens", description = "A token opens more than one socket.")
    private boolean reusableTokens;

    @Option(names = "--lenient", description = "Count breaches without closing the socket.")
    private boolean lenient;

    @Option(names = "--seconds", paramLabel = "N", description = "Stop after N seconds.")
    private Long seconds;

    @Option(names = "--verbose", description = "Print every request, frame and close.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        // No warning about the missing logging library, which the command does not need.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Otherwise Java 24 and later print a warning about Netty.
        System.setProperty("io.netty.noUnsafe", "true");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SimulatorMain())
                .setParameterExceptionHandler((e, args) -> fail(e.getCommandLine(), e.getMessage() + " (see --help)"))
                .setExecutionExceptionHandler((e, command, result) -> fail(command, e.getMessage()));
    }

    private static int fail(CommandLine command, String message) {
        String firstLine = String.valueOf(message).lines().findFirst().orElse("");
        command.getErr().println("meeting-server-simulator: " + firstLine);
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        check();
        if (conversation != null) {
            return playConversation(out);
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Site site = bridges == null ? oneServer(out) : cluster(out)) {
            writeCertificate(certificateOut == null ? "" : site.certificatesPem());
            ScenarioRun run = site.play();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnCtrlC(stop, stopped), "stop-simulator"));
            announce(out, site.servers());
            await(stop);
            run.close();
            report(out, site.breaches());
        } finally {
            stopped.countDown();
        }
        return CommandLine.ExitCode.OK;
    }

    private int playConversation(PrintWriter out) throws InterruptedException {
        ScriptedMeetingServer.Builder builder = ScriptedMeetingServer.playing(Conversation.read(conversation));
        JournalPrinter printer = new JournalPrinter(out, "");
        builder.server(server -> configure(server, printer));
        int exitCode = CommandLine.ExitCode.OK;
        try (ScriptedMeetingServer site = builder.start()) {
            writeCertificate(certificateOut == null ? "" : site.certificatesPem());
            announce(out, site.names().stream().map(site::server).toList());
            try {
                if (seconds == null) {
                    site.await();
                } else {
                    site.await(Duration.ofSeconds(seconds));
                }
                out.println("Conversation played: the client did all that its steps wait for.");
            } catch (ConversationFailedException e) {
                out.println("Conversation failed: " + e.getMessage());
                exitCode = CommandLine.ExitCode.SOFTWARE;
            }
            report(out, site.breaches().stream().map(Breach::toString).toList());
        }
        return exitCode;
    }

    private void check() {
        if (conversation != null && (bridges != null || !scenario.equals(LIVELY))) {
            throw mistake("--play goes with neither --bridges nor --scenario");
        }
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw mistake("--tls-cert and --tls-key go together");
        }
        if (certificateOut != null && !isSecure()) {
            throw mistake("--certificate-out needs --tls or --tls-cert");
        }
        if (seconds != null && seconds < 0) {
            throw mistake("--seconds must not be negative");
        }
        if (bridges != null && bridges < 1) {
            throw mistake("--bridges must be at least 1");
        }
        if (bridges != null && !scenario.equals(LIVELY) && !scenario.equals(NONE)) {
            throw mistake("--bridges plays no scenario files, only '" + LIVELY + "' or '" + NONE + "'");
        }
    }

    private boolean isSecure() {
        return tls || tlsCertificate != null;
    }

    private Site oneServer(PrintWriter out) {
        Scenario plot = plot();
        SimulatorBuilder builder = MeetingServerSimulator.builder();
        configure(builder, new JournalPrinter(out, ""));
        return new OneServer(builder.build().start(), plot);
    }

    private Site cluster(PrintWriter out) {
        LivelyOptions options = new LivelyOptions(seed, speed);
        ClusterBuilder builder = MeetingServerCluster.builder().bridges(bridges);
        for (int i = 0; i < bridges; i++) {
            JournalPrinter printer = new JournalPrinter(out, "bridge " + i + " ");
            builder.server(i, server -> configure(server, printer));
        }
        return new WholeCluster(
                builder.build().start(),
                cluster -> scenario.equals(NONE) ? () -> {} : LivelyClusterScenario.start(cluster, options));
    }

    private void configure(SimulatorBuilder builder, JournalPrinter printer) {
        builder.host(host)
                .port(port == null ? (isSecure() ? TLS_PORT : PLAIN_PORT) : port)
                .credentials(user, password)
                .reusableTokens(reusableTokens)
                .punish(!lenient);
        if (tlsCertificate != null) {
            builder.tls(SimulatorTls.ofPem(tlsCertificate, tlsKey));
        } else if (tls) {
            builder.tls(SimulatorTls.selfSigned());
        }
        if (verbose) {
            builder.journalListener(printer::print);
        }
    }

    private Scenario plot() {
        if (scenario.equals(NONE)) {
            return server -> () -> {};
        }
        LivelyOptions options = new LivelyOptions(seed, speed);
        return scenario.equals(LIVELY)
                ? new LivelyScenario(options)
                : ScenarioFile.read(Path.of(scenario)).speed(speed);
    }

    private void writeCertificate(String pem) {
        if (certificateOut != null) {
            try {
                Files.writeString(certificateOut, pem);
            } catch (IOException e) {
                throw mistake("--certificate-out: cannot write " + e.getMessage());
            }
        }
    }

    private void announce(PrintWriter out, List<MeetingServerSimulator> servers) {
        if (password.equals(DEFAULT_ACCOUNT)) {
            out.println("This is a simulator, no Meeting Server: user " + user + ", password " + DEFAULT_ACCOUNT + ".");
        }
        for (MeetingServerSimulator server : servers) {
            out.println(
                    "Meeting Server simulator ready at " + server.url() + "/ (events at " + server.eventsUrl() + ")");
        }
        out.flush();
    }

    private void await(CountDownLatch stop) throws InterruptedException {
        if (seconds == null) {
            stop.await();
        } else {
            stop.await(seconds, TimeUnit.SECONDS);
        }
    }

    private static void report(PrintWriter out, List<String> breaches) {
        out.println("Breaches counted: " + breaches.size());
        breaches.forEach(breach -> out.println("  " + breach));
        out.flush();
    }

    private static void stopOnCtrlC(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
