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
package io.github.cmsevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.simulator.conversation.Conversation;
import io.github.cmsevents.simulator.junit.MeetingServerClusterExtension;
import io.github.cmsevents.simulator.scenario.LivelyScenario;
import io.github.cmsevents.simulator.scenario.ScenarioFile;
import io.github.cmsevents.simulator.scenario.ScenarioRun;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks the README's examples and lists. */
class ReadmeTest {

    private final String readme = read();

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void itsScenarioPlays() {
        String yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```yaml\n".length(), block.length() - "```".length()))
                .findFirst()
                .orElseThrow();
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            ScenarioRun run = ScenarioFile.parse("README.md", yaml).start(server);
            assertThat(server.call(LivelyScenario.FIRST_CALL)).isPresent();
            run.close();
        }
    }

    @Test
    void itsConversationPlays() {
        String json = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(Conversation.parse("README.md", json).steps()).hasSize(5);
    }

    @Test
    void namesEveryBreach() {
        for (Breach.Kind kind : Breach.Kind.values()) {
            assertThat(readme).contains("`" + kind + "`");
        }
    }

    @Test
    void namesEveryFault() {
        for (Class<?> type : Fault.class.getDeclaredClasses()) {
            if (type.isRecord()) {
                assertThat(readme).containsPattern("`" + type.getSimpleName() + "[`(]");
            }
        }
        for (Method method : Faults.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                assertThat(readme).contains(method.getName() + "(");
            }
        }
    }

    @Test
    void itsFaultsExampleWorks() {
        try (MeetingServerSimulator server =
                MeetingServerSimulator.builder().build().start()) {
            SimulatedCall call = server.createCall("Board meeting");
            Faults faults = server.faults();
            faults.next(3, new Fault.RefuseLogin(503));
            faults.next(new Fault.ResetAfter(10));
            faults.untilCleared(new Fault.DuplicateUpdate());
            faults.on(2).silence();
            faults.deactivate("callRoster", call.id());
            faults.restart(call::end);
            faults.clear();
            assertThat(FaultsInJournal.of(server)).containsExactly("restart");
        }
    }

    /** The example, with a client's part left out. */
    @Test
    void itsJavaExampleWorks() {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .credentials("apiuser", "secret")
                .tls(SimulatorTls.selfSigned())
                .build()
                .start()) {
            SimulatedCall call = server.createCall("Board meeting");
            SimulatedParticipant bo = call.addParticipant("Bo", "bo@example.com");
            bo.set("audioMuted", true);
            call.activeSpeaker(bo);
            server.transaction(() -> {
                call.set("recording", "active");
                bo.leave("remoteTeardown");
            });
            server.dropSockets();
            call.end();
            assertThat(server.breaches()).isEmpty();
        }
    }

    /** The example, with a client's part left out. */
    @Test
    void itsClusterExampleWorks() {
        try (MeetingServerCluster cluster = MeetingServerCluster.builder()
                .bridges(3)
                .server(server -> server.credentials("apiuser", "secret"))
                .build()
                .start()) {
            DistributedCall board = cluster.createCall("Board meeting");
            DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
            DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
            SimulatedCall onBridge1 = board.instance(1).orElseThrow();
            board.set("recording", "active");
            assertThat(onBridge1.get("recording").asText()).isEqualTo("active");
            bo.leave("remoteTeardown");
            assertThat(board.bridges()).containsExactly(0);
            board.join(2);
            cluster.bridge(2).faults().next(new Fault.RefuseLogin(503));
            cluster.kill(0);
            assertThat(ada.hasLeft()).isTrue();
            assertThat(board.hasEnded()).isTrue();
            cluster.revive(0);
            assertThat(cluster.breaches()).isEmpty();
        }
    }

    @Nested
    class ItsClusterExtension {

        @RegisterExtension
        static MeetingServerClusterExtension cms = MeetingServerClusterExtension.create(builder -> builder.bridges(2));

        @Test
        void works() {
            assertThat(cms.cluster().size()).isEqualTo(2);
        }
    }

    /** The cluster code in the README is the code of the tests above. */
    @Test
    void itsClusterCodeIsTestedHere() throws IOException {
        String tests = tight(Files.readString(Path.of("src/test/java/io/github/cmsevents/simulator/ReadmeTest.java")));
        String cluster = readme.substring(readme.indexOf("## Clusters"), readme.indexOf("## Faults"));
        String code = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(cluster)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        assertThat(code.replaceAll("//[^\n]*", "").split("(?<=;)|(?<=[{}])"))
                .hasSizeGreaterThan(10)
                .allSatisfy(statement -> assertThat(tests).contains(tight(statement)));
    }

    private static String tight(String code) {
        return code.replaceAll("\\s+", "");
    }
}
