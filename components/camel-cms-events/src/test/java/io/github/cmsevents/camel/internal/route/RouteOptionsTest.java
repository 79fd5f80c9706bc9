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
package io.github.cmsevents.camel.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.camel.CmsEventsConfiguration;
import io.github.cmsevents.camel.internal.cluster.CallSelector;
import io.github.cmsevents.camel.internal.cluster.Topic;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouteOptionsTest {

    private static final String GUID = "97c771ae-fc2e-4257-b129-30ee818e034b";

    private final CmsEventsConfiguration configuration = good();

    @Test
    void readsTheDefaults() {
        assertThatCode(() -> options("calls").validate()).doesNotThrowAnyException();
        assertThat(options("calls").interest()).isEqualTo(new Interest(List.of(), true, false, false));
    }

    @Test
    void readsWhatWasSet() {
        configuration.setReconcile(false);
        configuration.setMerge(true);
        configuration.setSubscriptionUpdates(true);
        configuration.setElements(" name , participants,,name,call,updateType ");
        configuration.setServers(" http://localhost:8080 ");

        assertThat(options("calls").interest())
                .isEqualTo(new Interest(List.of("name", "participants"), false, true, true));
        assertThat(options("calls").servers()).containsExactly(new ServerAddress(false, "localhost", 8080));
        assertThat(options("calls").credentials()).isEqualTo(new Credentials("admin", "s3cret"));
    }

    @ParameterizedTest
    @EnumSource
    void readsAStarAsAllElementsBesideOnesOfANewerServer(Resource resource) {
        configuration.setElements("raisedHands,*");
        configuration.setAllowUnknownElements(true);

        assertThat(options(resource.wireName()).interest().elements())
                .contains("raisedHands")
                .containsAll(resource.elements());
    }

    @ParameterizedTest
    @CsvSource({
        "calls, particpants, Did you mean: participants?",
        "conferences, Name, Did you mean: name?",
        "callRoster, audioMute, Did you mean: audioMuted?",
        "calls, audioMuted, It is an element of callRoster.",
        "callRoster, participants, It is an element of calls and callInfo."
    })
    void namesTheElementOrTheResourceThatWasMeant(String resource, String written, String hint) {
        configuration.setElements("name," + written);

        assertThatThrownBy(() -> options(resource).interest())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option elements: " + resource + " has no element '" + written + "'. " + hint
                        + " For an element of a newer server set allowUnknownElements=true");
    }

    @Test
    void readsWhichCallsARouteIsAbout() {
        assertThat(options("calls").topic()).isEqualTo(new Topic.Calls());
        assertThat(options("conferences").topic()).isEqualTo(new Topic.Conferences());
        configuration.setCall(" " + GUID.toUpperCase() + " ");
        assertThat(options("callInfo").topic())
                .isEqualTo(new Topic.InCalls(Resource.CALL_INFO, new CallSelector.OfCall(GUID)));
        configuration.setCall("*");
        assertThat(options("callRoster").topic())
                .isEqualTo(new Topic.InCalls(Resource.CALL_ROSTER, new CallSelector.Every()));
        configuration.setCall(" ");
        configuration.setCallCorrelator(GUID);
        assertThat(options("callRoster").topic())
                .isEqualTo(new Topic.InCalls(Resource.CALL_ROSTER, new CallSelector.Correlated(GUID)));
    }

    @ParameterizedTest
    @CsvSource({
        "Board, board, true",
        "Board, Board 2, false",
        "Board*, Board 2, true",
        "Board*, The Board, false",
        "*board*, The Board 2, true",
        "*, Board, true",
        "B*d, BOARD, true",
        "'Board (EMEA', Board (EMEA, true",
        "Board., Board1, false",
        "'regex:(Board|Team) \\d+', team 7, true",
        "'regex:(Board|Team) \\d+', Team, false",
        "Ärzte*, ärzte 1, true"
    })
    void matchesNames(String written, String name, boolean matches) {
        configuration.setCallName(written);

        Topic.InCalls topic = (Topic.InCalls) options("callRoster").topic();
        assertThat(((CallSelector.Named) topic.calls()).names().test(name)).isEqualTo(matches);
    }

    static Stream<Arguments> badOptions() {
        return Stream.of(
                bad("calls", "Option servers: name the Meeting Server", with -> with.setServers(null)),
                bad("calls", "Option servers: name the Meeting Server", with -> with.setServers(" , ")),
                bad("calls", "Option servers: 'host:99999'", with -> with.setServers("host:99999")),
                bad("calls", "Option servers: one:443 is there twice", with -> with.setServers("one,http://one:443")),
                bad("calls", "Option username: required", with -> with.setUsername(null)),
                bad("calls", "Option username: it has a colon", with -> with.setUsername("ad:min")),
                bad("calls", "Option password: required", with -> with.setPassword("")),
                bad("calls", "Option queueSize: 0 is less than 1", with -> with.setQueueSize(0)),
                bad("calls", "Option call: calls is about all calls", with -> with.setCall(GUID)),
                bad("conferences", "Option callName: conferences is about", with -> with.setCallName("Board")),
                bad("calls", "Option callCorrelator: calls is about", with -> with.setCallCorrelator(GUID)),
                bad("conferences", "Option reconcile: conferences are always", with -> with.setReconcile(false)),
                bad("callRoster", "Option call: callRoster needs a call's GUID", with -> with.setCall(" ")),
                bad("callInfo", "Option call: 'Board' is not a GUID", with -> with.setCall("Board")),
                bad("callRoster", "Option callName: not a regular", with -> with.setCallName("regex:(")),
                bad("callRoster", "Options call and callName: use only one", with -> {
                    with.setCall("*");
                    with.setCallName("Board");
                }),
                bad("callInfo", "Options callName and callCorrelator: use only", with -> {
                    with.setCallName("Board");
                    with.setCallCorrelator(GUID);
                }));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badOptions")
    void namesABadOption(String resource, String message, Consumer<CmsEventsConfiguration> spoil) {
        spoil.accept(configuration);

        assertThatThrownBy(() -> options(resource).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"call, calls", "Calls, calls", "conference, conferences", "roster, callRoster", "callinfos, callInfo"})
    void namesTheResourceThatWasMeant(String written, String meant) {
        assertThatThrownBy(() -> options(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown resource '" + written + "'. Did you mean: " + meant
                        + "? The resources are calls, conferences, callRoster, callInfo");
    }

    @Test
    void doesNotRepeatCredentialsInThePath() {
        assertThatThrownBy(() -> options("admin:s3cret@host/calls"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("username and password")
                .hasMessageNotContaining("s3cret");
    }

    private RouteOptions options(String resource) {
        return new RouteOptions(resource, configuration);
    }

    private static CmsEventsConfiguration good() {
        CmsEventsConfiguration configuration = new CmsEventsConfiguration();
        configuration.setServers("cms.example.com");
        configuration.setUsername("admin");
        configuration.setPassword("s3cret");
        return configuration;
    }

    private static Arguments bad(String resource, String message, Consumer<CmsEventsConfiguration> spoil) {
        return Arguments.of(resource, message, spoil);
    }
}
