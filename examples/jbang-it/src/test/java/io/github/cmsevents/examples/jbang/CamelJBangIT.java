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
package io.github.cmsevents.examples.jbang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.cmsevents.simulator.cli.SimulatorMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart's route files with Camel JBang, against the simulator's command line, each in its own process.
 *
 * <p>Camel JBang fetches the component from a staging repository, and other jars from the local Maven
 * repository or from Maven Central. Its home and its repositories are temporary folders of the test.
 */
class CamelJBangIT {

    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("project.version");
    private static final Path QUICKSTART = ROOT.resolve(Path.of("examples", "quickstart", "src", "main", "resources"));

    // The first run may download some of Camel's jars.
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile("ready at http://127\\.0\\.0\\.1:(\\d+)/");
    // Other artifacts than this project's, which are under test, and Kamelets, which are optional.
    private static final Pattern NOT_RESOLVED = Pattern.compile(
            "Could not (?:find|transfer) artifact (?!io\\.github\\.cmsevents:|org\\.apache\\.camel\\.kamelets:)");

    @TempDir
    private Path directory;

    private JavaProcess simulator;
    private JavaProcess camel;
    private String port;

    @BeforeEach
    void startTheSimulator() throws IOException {
        simulator = JavaProcess.start(
                directory, "simulator", CLASS_PATH, List.of(SimulatorMain.class.getName(), "--port", "0"));
        assertThat(simulator.prints(line -> READY.matcher(line).find(), SOON))
                .as(() -> String.join("\n", simulator.lines()))
                .isTrue();
        Matcher ready = READY.matcher(String.join("\n", simulator.lines()));
        assertThat(ready.find()).isTrue();
        port = ready.group(1);
    }

    @AfterEach
    void leaveNothingRunning() {
        if (camel != null) {
            camel.close();
        }
        simulator.close();
    }

    @Test
    void runsTheYamlRoute() throws Exception {
        run("calls.camel.yaml");

        awaitLine("cms\\.calls +: add Andy's coSpace: \\d+ participants, recording \\w+ .*", START);
        awaitLine("cms\\.calls +: update .+: \\d+ participants, recording \\w+ \\[.+]", SOON);

        stopBoth();
    }

    @Test
    void runsTheXmlRoute() throws Exception {
        run("roster.camel.xml");

        awaitLine("cms\\.callRoster +: add \\w+: \\w+, muted \\w+, speaking \\w+ \\[name, .+", START);
        awaitLine("cms\\.callRoster +: update \\w+: \\w+, muted \\w+, speaking \\w+ \\[.+] *", SOON);

        stopBoth();
    }

    private void run(String routeFile) throws IOException {
        Files.copy(QUICKSTART.resolve("application.properties"), directory.resolve("application.properties"));
        Files.copy(QUICKSTART.resolve("camel").resolve(routeFile), directory.resolve(routeFile));
        Path home = Files.createDirectory(directory.resolve("home"));
        Path staging = Files.createDirectory(directory.resolve("staging"));
        stage(staging);
        Path temporary = Files.createDirectory(directory.resolve("tmp"));

        List<String> arguments = new ArrayList<>();
        arguments.add("-Duser.home=" + home);
        arguments.add("-Djava.io.tmpdir=" + temporary);
        arguments.add("-Dmaven.repo.local=" + Files.createDirectory(directory.resolve("repository")));
        arguments.add(CamelCommand.class.getName());
        arguments.addAll(List.of("run", "application.properties", routeFile));
        arguments.add("--dep=io.github.cmsevents:camel-cms-events:" + VERSION);
        arguments.add("--repo=" + staging.toUri() + ","
                + Path.of(System.getProperty("maven.repo.local.of.build")).toUri());
        Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        if (Files.exists(settings)) {
            // The temporary home lacks the settings of a mirror or proxy, which may be the only access to the network.
            arguments.add("--maven-settings=" + settings);
        }
        arguments.addAll(List.of("--prop=simulator.port=" + port, "--logging-color=false"));
        camel = JavaProcess.start(directory, "camel", withoutThisProject(), arguments);
    }

    /** Copies the files of a release into a Maven repository. */
    private static void stage(Path repository) throws IOException {
        Path component = ROOT.resolve(Path.of("components", "camel-cms-events"));
        stage(repository, "camel-cms-events-parent", ".pom", ROOT.resolve("pom.xml"));
        stage(repository, "camel-cms-events", ".pom", component.resolve("pom.xml"));
        String jar = "camel-cms-events-" + VERSION + ".jar";
        stage(
                repository,
                "camel-cms-events",
                ".jar",
                component.resolve("target").resolve(jar));
    }

    private static void stage(Path repository, String artifact, String extension, Path file) throws IOException {
        Path folder =
                Files.createDirectories(repository.resolve(Path.of("io", "github", "cmsevents", artifact, VERSION)));
        Path staged = Files.copy(file, folder.resolve(artifact + "-" + VERSION + extension));
        Files.writeString(Path.of(staged + ".sha1"), sha1(Files.readAllBytes(staged)));
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }

    /** The class path without this project's jars, so that Camel JBang has to fetch them. */
    private static List<String> withoutThisProject() {
        List<String> entries = CLASS_PATH.stream()
                .filter(entry -> !entry.contains("camel-cms-events") || entry.endsWith("test-classes"))
                .toList();
        assertThat(entries).hasSizeLessThan(CLASS_PATH.size());
        return entries;
    }

    private void awaitLine(String regex, Duration atMost) {
        Pattern pattern = Pattern.compile(".* " + regex);
        if (camel.prints(line -> pattern.matcher(line).matches(), atMost)) {
            return;
        }
        List<String> lines = camel.lines();
        lines.stream()
                .filter(line -> NOT_RESOLVED.matcher(line).find())
                .findFirst()
                .ifPresent(line -> abort("Camel JBang can't fetch Camel's own artifacts: " + line));
        fail("camel ended without printing " + regex + "\n" + String.join("\n", lines));
    }

    private void stopBoth() throws Exception {
        assertThat(camel.stop()).isTrue();
        assertThat(simulator.stop()).isTrue();
        assertThat(simulator.lines()).contains("Breaches counted: 0");
        // Camel JBang requests Kamelets, which this test does not need, and continues without them when offline.
        assertThat(camel.lines())
                .noneMatch(line -> line.contains(" ERROR ") && !line.contains("MavenDependencyDownloader"));
    }
}
