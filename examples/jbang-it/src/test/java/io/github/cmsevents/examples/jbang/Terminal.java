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

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A terminal at the root of the repository, as a reader of the page has it: with the commands {@code camel}, {@code mvn} and {@code java}. Its root is a
 * temporary folder with links to the folders of the repository.
 */
final class Terminal implements AutoCloseable {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String JAVA_HOME = System.getProperty("java.home");

    private final List<Path> links;
    private final Path tools;
    private final Map<String, String> environment;
    private final List<RunningCommand> commands = new ArrayList<>();
    private Path directory;

    /**
     * @param folder an empty folder for all that the commands write
     * @param environment environment variables for all commands
     */
    static Terminal open(Path folder, LocalRepository repository, Map<String, String> environment) throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        List<Path> links = List.of(
                Files.createSymbolicLink(root.resolve("components"), ROOT.resolve("components")),
                Files.createSymbolicLink(root.resolve("examples"), ROOT.resolve("examples")));
        Path tools = Files.createDirectory(folder.resolve("tools"));
        tool(tools, "camel", camel(folder, repository));
        tool(tools, "mvn", maven(repository));
        return new Terminal(root, links, tools, environment);
    }

    private Terminal(Path directory, List<Path> links, Path tools, Map<String, String> environment) {
        this.directory = directory;
        this.links = links;
        this.tools = tools;
        this.environment = environment;
    }

    /** Runs a command that ends by itself, and returns what it printed. */
    String run(String line) throws IOException, InterruptedException {
        if (line.startsWith("cd ")) {
            directory = directory.resolve(line.substring(3));
            return "";
        }
        RunningCommand command = start(line);
        command.awaitEnd();
        return command.output();
    }

    RunningCommand start(String line) throws IOException {
        Path output = tools.resolve(commands.size() + ".log");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", JAVA_HOME);
        builder.environment()
                .merge(
                        "PATH",
                        tools + File.pathSeparator + Path.of(JAVA_HOME, "bin"),
                        (path, before) -> before + File.pathSeparator + path);
        RunningCommand command = new RunningCommand(line, builder.start(), output);
        commands.add(command);
        return command;
    }

    Path directory() {
        return directory;
    }

    /** What all commands printed. */
    List<String> lines() {
        return commands.stream().flatMap(command -> command.lines().stream()).toList();
    }

    @Override
    public void close() throws IOException {
        commands.forEach(RunningCommand::close);
        for (Path link : links) {
            // Otherwise JUnit warns about links that lead out of its folder.
            Files.delete(link);
        }
    }

    /** Camel JBang with a home of its own. */
    private static String camel(Path folder, LocalRepository repository) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        // 4.16.0, the default of Camel 4.17, is not in every mirror of Maven Central.
        String options =
                " --kamelets-version=4.15.0 --repo=" + repository.ofBuild().toUri();
        if (Files.exists(settings())) {
            // The new home lacks the settings of a mirror or proxy, which may be the only access to the network.
            options += " --maven-settings='" + settings() + "'";
        }
        return """
                case "$1" in run | export) set -- "$@" %s ;; esac
                exec java -Duser.home='%s' -Djava.io.tmpdir='%s' -Dmaven.repo.local='%s' -cp '%s' %s "$@"
                """.formatted(
                        options,
                        home,
                        temporary,
                        repository.folder(),
                        classPathWithoutThisProject(),
                        CamelCommand.class.getName());
    }

    private static String maven(LocalRepository repository) {
        return """
                exec '%s' --batch-mode --no-transfer-progress -Dmaven.repo.local='%s' -Dmaven.repo.local.tail='%s' "$@"
                """.formatted(ROOT.resolve("mvnw"), repository.folder(), repository.ofBuild());
    }

    private static Path settings() {
        return Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
    }

    /** Camel JBang has to fetch this project's jars as it does for a user. */
    private static String classPathWithoutThisProject() {
        List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        Stream<String> others =
                all.stream().filter(entry -> !entry.contains("camel-cms-events") || entry.endsWith("test-classes"));
        String classPath = others.collect(joining(File.pathSeparator));
        assertThat(classPath).doesNotContain("camel-cms-events-simulator");
        return classPath;
    }

    private static void tool(Path tools, String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
