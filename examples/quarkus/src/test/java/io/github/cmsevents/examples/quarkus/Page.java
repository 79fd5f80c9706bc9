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
package io.github.cmsevents.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page README.md. */
record Page(String text) {

    static Page read() throws IOException {
        return new Page(Files.readString(Path.of("README.md")));
    }

    String pom() {
        return block("In your project", "xml");
    }

    String propertiesFor(String heading) {
        return block(heading, "properties");
    }

    private String block(String heading, String language) {
        Matcher block = Pattern.compile("\n## " + heading + "\n.*?\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
