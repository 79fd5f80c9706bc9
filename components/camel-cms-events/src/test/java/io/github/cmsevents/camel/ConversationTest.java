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
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each file of {@code conversations} against the component; the README beside the files has their format. */
class ConversationTest {

    private static final Path FOLDER = Path.of("src/test/resources/conversations");

    /** Conversations that fail because of a known fault. Remove a name when its fault is fixed. */
    private static final Set<String> KNOWN_FAILING = Set.of();

    @ParameterizedTest
    @MethodSource("quick")
    void theComponentMeetsTheExpectations(String name) throws Exception {
        play(name);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("slow")
    void theComponentMeetsTheExpectationsOfALongConversation(String name) throws Exception {
        play(name);
    }

    @Test
    void everyKnownFailureHasAFile() throws Exception {
        assertThat(names()).containsAll(KNOWN_FAILING);
    }

    private static void play(String name) throws Exception {
        assumeFalse(KNOWN_FAILING.contains(name), () -> name + " is known to fail");
        try (ConversationRun run = new ConversationRun(FOLDER.resolve(name + ".json"))) {
            run.play();
        }
    }

    static List<String> quick() throws Exception {
        return names().stream().filter(name -> !takesLong(name)).toList();
    }

    static List<String> slow() throws Exception {
        return names().stream().filter(ConversationTest::takesLong).toList();
    }

    private static boolean takesLong(String name) {
        return ConversationRun.read(FOLDER.resolve(name + ".json")).has("seconds");
    }

    private static List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }
}
