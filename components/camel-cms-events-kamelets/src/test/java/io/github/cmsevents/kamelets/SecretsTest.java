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
package io.github.cmsevents.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password may have the characters that mean something in a URI, in each place where it can be written. */
class SecretsTest {

    private static final String PASSWORD = "p+s&w=r%41#x )y";

    @RegisterExtension
    static final MeetingServerExtension cms =
            MeetingServerExtension.create(builder -> builder.credentials("apiuser", PASSWORD));

    @TempDir
    Path folder;

    @Test
    void aYamlRouteHasItInRaw() throws Exception {
        logsIn("routes.camel.yaml", """
                - route:
                    from:
                      uri: kamelet:cms-calls-source
                      parameters:
                        username: apiuser
                        password: "RAW(p+s&w=r%41#x )y)"
                      steps:
                        - log:
                            message: "${body}"
                """, Map.of());
    }

    @Test
    void aYamlRouteHasAPropertyInRaw() throws Exception {
        logsIn("routes.camel.yaml", """
                - route:
                    from:
                      uri: kamelet:cms-calls-source
                      parameters:
                        username: apiuser
                        password: "RAW({{cms.password}})"
                      steps:
                        - log:
                            message: "${body}"
                """, Map.of("cms.password", PASSWORD));
    }

    @Test
    void aYamlRouteOfTheComponentHasItAsItIs() throws Exception {
        logsIn("routes.camel.yaml", """
                - route:
                    from:
                      uri: cms-events:calls
                      parameters:
                        username: apiuser
                        password: "p+s&w=r%41#x )y"
                        elements: name
                      steps:
                        - log:
                            message: "${body}"
                """, Map.of());
    }

    @Test
    void anXmlRouteHasItInRaw() throws Exception {
        logsIn("routes.camel.xml", """
                <route>
                  <from uri="kamelet:cms-calls-source?username=apiuser&amp;password=RAW(p+s&amp;w=r%41#x )y)"/>
                  <log message="${body}"/>
                </route>
                """, Map.of());
    }

    @Test
    void anXmlRouteHasAPropertyInRaw() throws Exception {
        logsIn("routes.camel.xml", """
                <route>
                  <from uri="kamelet:cms-calls-source?username=apiuser&amp;password=RAW({{cms.password}})"/>
                  <log message="${body}"/>
                </route>
                """, Map.of("cms.password", PASSWORD));
    }

    @Test
    void aPipeHasItInRaw() throws Exception {
        logsIn("pipe.yaml", """
                apiVersion: camel.apache.org/v1
                kind: Pipe
                metadata:
                  name: calls
                spec:
                  source:
                    ref:
                      kind: Kamelet
                      apiVersion: camel.apache.org/v1
                      name: cms-calls-source
                    properties:
                      username: apiuser
                      password: "RAW(p+s&w=r%41#x )y)"
                  sink:
                    uri: log:calls
                """, Map.of());
    }

    @Test
    void aKameletsPropertyHasItAsItIs() throws Exception {
        logsIn(
                "routes.camel.yaml",
                """
                - route:
                    from:
                      uri: kamelet:cms-calls-source
                      steps:
                        - log:
                            message: "${body}"
                """,
                Map.of(
                        "camel.kamelet.cms-calls-source.username",
                        "apiuser",
                        "camel.kamelet.cms-calls-source.password",
                        PASSWORD));
    }

    @Test
    void theComponentsPropertyHasItAsItIs() throws Exception {
        logsIn(
                "routes.camel.yaml",
                """
                - route:
                    from:
                      uri: kamelet:cms-calls-source
                      steps:
                        - log:
                            message: "${body}"
                """,
                Map.of(
                        "camel.component.cms-events.username",
                        "apiuser",
                        "camel.component.cms-events.password",
                        PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kamelet:cms-calls-source", "cms-events:calls"})
    void anExceptionShowsNoPartOfItWhereRawIsMissing(String source) {
        Throwable thrown = catchThrowable(() -> Application.start(
                folder,
                "routes.camel.xml",
                """
                <route>
                  <from uri="%s?elements=unknown&amp;username=apiuser&amp;password=not&amp;seen"/>
                  <log message="${body}"/>
                </route>
                """.formatted(source),
                Map.of("camel.component.cms-events.servers", cms.server().url())));

        assertThat(thrown).hasStackTraceContaining("Option ");
        assertThat(Throwables.getStackTrace(thrown)).doesNotContain("seen");
    }

    private void logsIn(String file, String routes, Map<String, String> properties) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put("camel.component.cms-events.servers", cms.server().url());
        try (Application application = Application.start(folder, file, routes, all)) {
            cms.server().createCall("Board meeting");
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(application.bodies())
                    .anyMatch(body -> body.toString().contains("Board")));
        }
    }
}
