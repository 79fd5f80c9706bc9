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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.logging.log4j.Level;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest extends CmsEventsTestSupport {

    private static final Pattern TOKEN_VALUE = Pattern.compile("authToken=(?!xxxxxx)");

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void neitherPasswordNorTokenIsInTheLogAtAnyLevel() throws Exception {
        try (CapturedLog log = new CapturedLog(Level.ALL)) {
            // As a component option: Camel itself logs the URI at DEBUG before the component receives it.
            route("calls", "cms-events:calls?elements=name");
            awaitActive(1);
            server().dropSockets();
            await().until(() -> server().socketsOpenedInAll() == 2);
            awaitActive(1);
            server().stop();
            await().until(() -> log.lines().stream()
                            .filter(line -> line.contains("closed the socket"))
                            .count()
                    > 0);
            context.stop();

            assertThat(log.lines()).isNotEmpty().allSatisfy(line -> {
                assertThat(line).doesNotContain(PASSWORD);
                assertThat(TOKEN_VALUE.matcher(line).find()).as(line).isFalse();
            });
        }
    }

    @Test
    void neitherPasswordNorTokenIsShownByAnEndpoint() throws Exception {
        route("calls", "cms-events:calls?elements=name&password=RAW(" + PASSWORD + ")");
        CmsEventsConsumer consumer =
                (CmsEventsConsumer) context.getRoute("calls").getConsumer();
        CmsEventsEndpoint endpoint = (CmsEventsEndpoint) consumer.getEndpoint();

        assertThat(List.of(
                        consumer.toString(),
                        endpoint.toString(),
                        endpoint.getServiceUrl(),
                        endpoint.getServiceMetadata().toString(),
                        endpoint.clusterSpec(null).toString()))
                .noneMatch(text -> text.contains(PASSWORD));
    }

    @Test
    void neitherPasswordNorTokenIsShownByLogConsoleHealthOrJmx() throws Exception {
        try (ScriptedServer scripted = new ScriptedServer();
                CapturedLog log = new CapturedLog(Level.ALL)) {
            configuration().setServers(scripted.url());
            route("calls", "cms-events:calls?elements=name");
            scripted.awaitSocket();
            scripted.awaitFrame();
            scripted.sendAsIs("garbage");
            scripted.awaitSocket();
            scripted.awaitFrame();
            CmsEventsConsumer consumer =
                    (CmsEventsConsumer) context.getRoute("calls").getConsumer();
            CmsEventsDevConsole console = new CmsEventsDevConsole();
            console.setCamelContext(context);
            List<String> shown = new ArrayList<>(log.lines());
            shown.add(consumer.readiness().toString());
            shown.add(consumer.getLastProblem() + consumer.getConnectionState() + consumer.getServers());
            shown.add(console.call(DevConsole.MediaType.TEXT).toString());
            shown.add(console.call(DevConsole.MediaType.JSON).toString());
            shown.add(consumer.getHealthCheck().call().getDetails().toString());
            context.stop();
            shown.addAll(log.lines());

            assertThat(shown)
                    .anyMatch(text -> text.contains(scripted.url()))
                    .noneMatch(text -> text.contains(PASSWORD) || text.contains(ScriptedServer.TOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not&seen", "not&se=en", "not&seen&elements=name", "not%26seen", "not%26se%3Den"})
    void noPartOfAPasswordIsInTheExceptionWhenAnAmpersandCutsIt(String password) {
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            Throwable thrown = catchThrowable(() -> route("calls", "cms-events:calls?password=" + password));

            assertThat(thrown).hasStackTraceContaining("Option password: ").hasStackTraceContaining("RAW(...)");
            assertThat(Throwables.getStackTrace(thrown)).doesNotContain("seen", "se=en");
            assertThat(log.lines()).noneMatch(line -> line.contains("seen") || line.contains("se=en"));
        }
    }

    /** As the component's page says. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yaml:- route:\n    from:\n      uri: cms-events:calls\n      parameters:\n        password: \"{{cms.password}}\"\n"
                        + "      steps:\n        - log: \"${body}\"\n",
                "xml:<route><from uri=\"cms-events:calls?password=RAW({{cms.password}})\"/><log message=\"${body}\"/></route>"
            })
    void aPasswordMayHaveAnyCharacter(String route) throws Exception {
        String password = "u+s&e=r%41#?x";
        try (MeetingServerSimulator other = MeetingServerSimulator.builder()
                .credentials(USER, password)
                .build()
                .start()) {
            configuration().setServers(other.url());
            context.getPropertiesComponent().addInitialProperty("cms.password", password);
            int colon = route.indexOf(':');
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(
                            "route." + route.substring(0, colon), route.substring(colon + 1)));

            await().untilAsserted(() -> assertThat(other.subscriptions()).hasSize(1));
            context.stop();
        }
    }

    @Test
    void anUnknownOptionAfterAPasswordInRawIsNamed() {
        assertThatThrownBy(() -> route("calls", "cms-events:calls?password=RAW(a&b)&elementz=name"))
                .hasStackTraceContaining("elementz");
    }
}
