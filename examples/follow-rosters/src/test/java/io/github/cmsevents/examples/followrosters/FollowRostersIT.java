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
package io.github.cmsevents.examples.followrosters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as a user runs it: in its own process. */
class FollowRostersIT {

    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";
    private static final Pattern UPDATE =
            Pattern.compile(TIME + "(.{14}) (add   |update|remove) (\\w+) +\\((bridge \\d)\\)(.*)");
    private static final String CONFERENCE = TIME + ".+ (add|update|remove) on \\[(127\\.0\\.0\\.1:\\d+(, )?){1,3}]";
    private static final String LOST = TIME + "WARN  CallBridge: .* is no longer connected.*";

    @TempDir
    private Path directory;

    private Path output;
    private Process process;

    /** A line of the route. */
    private record Update(String meeting, String type, String participant, String bridge, String details) {

        static Optional<Update> in(String line) {
            Matcher matcher = UPDATE.matcher(line);
            return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
        }

        private static Update of(MatchResult match) {
            return new Update(
                    match.group(1).strip(),
                    match.group(2).strip(),
                    match.group(3),
                    match.group(4),
                    match.group(5).strip());
        }
    }

    @BeforeEach
    void nameTheOutput() {
        output = directory.resolve("output");
    }

    @AfterEach
    void leaveNothingBehind() {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void printsTheStoryWithoutDuplicateOrMissingUpdates() throws Exception {
        start();
        await().atMost(Duration.ofSeconds(90)).until(this::hasRunTwiceOrFailed);
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        List<String> lines = lines();
        assertThat(lines.get(0)).startsWith("Simulated Call Bridges at http://127.0.0.1:");
        assertThat(lines.subList(1, lines.size())).allSatisfy(line -> assertThat(line)
                .matches(UPDATE.pattern() + "|" + TIME + "--- .+|" + CONFERENCE + "|" + LOST));
        assertThat(lines)
                .filteredOn(line -> line.contains("route and cluster"))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(
                        line -> line.matches(TIME + "--- route and cluster agree: \\d participants in [34] meetings"));
        assertThat(lines).anyMatch(line -> line.matches(CONFERENCE));
        assertThat(updates(lines)).anyMatch(update -> update.meeting().equals("Night shift"));
        assertNoParticipantIsAddedTwice(updates(lines));
        assertOnlyParticipantsOfTheDeadBridgeAreRemoved(lines);
        assertContinuesFromAnotherBridge(lines);
    }

    @Test
    void stopsByItself() throws Exception {
        start("-Dfollow-rosters.seconds=2");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isZero();
        // A slow machine may print no update in so short a time.
        assertThat(lines()).isNotEmpty();
        assertThat(lines()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    private static void assertNoParticipantIsAddedTwice(List<Update> updates) {
        Set<String> present = new HashSet<>();
        for (Update update : updates) {
            String who = update.participant() + " in " + update.meeting();
            switch (update.type()) {
                case "add" -> assertThat(present.add(who)).as("added: " + who).isTrue();
                case "remove" ->
                    assertThat(present.remove(who)).as("removed: " + who).isTrue();
                default -> assertThat(present).contains(who);
            }
        }
    }

    private static void assertOnlyParticipantsOfTheDeadBridgeAreRemoved(List<String> lines) {
        int death = indexOf("--- bridge \\d dies, with \\w+ and \\w+ in Board meeting", lines, 0);
        int sequel = indexOf("--- Board meeting is followed on .*", lines, death);
        String[] victims =
                lines.get(death).replaceAll(".* with | in Board.*", "").split(" and ");

        assertThat(updates(lines.subList(death, sequel)))
                .filteredOn(update -> update.meeting().equals("Board meeting"))
                // Synthetic or not: the route may subscribe on another bridge before that notices the loss.
                .allMatch(update -> update.type().equals("remove"))
                .extracting(Update::participant)
                .containsExactlyInAnyOrder(victims);
    }

    private static void assertContinuesFromAnotherBridge(List<String> lines) {
        List<String> bridges = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < 3; i++) {
            from = indexOf("--- Board meeting is followed on bridge \\d", lines, from) + 1;
            bridges.add(lines.get(from - 1).replaceAll(".* (?=bridge)", ""));
        }
        assertThat(bridges).doesNotHaveDuplicates();
        assertThat(updates(lines.subList(from, lines.size())))
                .filteredOn(update -> update.meeting().equals("Board meeting"))
                .first()
                .satisfies(update -> assertThat(update.type()).isEqualTo("update"))
                .satisfies(update -> assertThat(update.bridge()).isEqualTo(bridges.get(2)));
    }

    private static int indexOf(String sentence, List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).matches(TIME + sentence)) {
                return i;
            }
        }
        throw new AssertionError(
                "No line matches '" + sentence + "' from line " + from + " of\n" + String.join("\n", lines));
    }

    private static List<Update> updates(List<String> lines) {
        return lines.stream().flatMap(line -> Update.in(line).stream()).toList();
    }

    private boolean hasRunTwiceOrFailed() throws IOException {
        List<String> lines = lines();
        return lines.stream()
                                .filter(line -> line.endsWith("--- All meetings end"))
                                .count()
                        == 2
                || lines.stream().anyMatch(line -> line.contains("route and cluster differ"))
                || !process.isAlive();
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(FollowRostersMain.class.getName());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }
}
