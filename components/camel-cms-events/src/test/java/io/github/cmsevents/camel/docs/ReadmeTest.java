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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README names only options, headers and defaults of the component. */
class ReadmeTest {

    private static final Path README = Path.of("..", "..", "README.md");

    private final NamesInText names = new NamesInText(ComponentJson.read());

    @Test
    void namesOnlyOptionsAndHeadersOfTheComponent() throws IOException {
        assertThat(names.unknownIn(Files.readString(README))).isEmpty();
    }

    @Test
    void showsTheDefaultsOfTheComponent() throws IOException {
        String readme = Files.readString(README);

        assertThat(names.optionsInTables(readme)).isGreaterThan(5);
        assertThat(names.wrongDefaultsIn(readme)).isEmpty();
    }

    @Test
    void detectsUnknownNames() {
        assertThat(names.unknownIn("""
                        `${header.CamelCmsEventsUpdateKind}` and
                        camel.component.cms-events.serverz = cms.example.com
                        cms-events:calls?elementz=name&amp;merge=true
                        `acknowledged=never`
                        """))
                .containsExactly(
                        "header CamelCmsEventsUpdateKind",
                        "component option serverz",
                        "endpoint option elementz",
                        "option acknowledged");
        assertThat(names.wrongDefaultsIn("""
                        | `queueSize` | `10` | too small |
                        | `queueLength` | `10` | unknown |
                        | `reconcile` | `true` | right |
                        """))
                .containsExactly("queueSize defaults to '1000', not '10'", "option queueLength");
    }
}
