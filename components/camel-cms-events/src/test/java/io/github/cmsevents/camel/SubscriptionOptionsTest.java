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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.cluster.CallSelector;
import io.github.cmsevents.camel.internal.cluster.Topic;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionOptionsTest {

    private static final String GUID = "97c771ae-fc2e-4257-b129-30ee818e034b";

    private final CmsEventsConfiguration configuration = good();

    @Test
    void isContentWithWhatIsRequired() {
        assertThatCode(() -> options(Resource.CALLS).validate()).doesNotThrowAnyException();
    }

    @Test
    void readsTheDefaults() {
        assertThat(options(Resource.CALLS).connectionOptions())
                .isEqualTo(new ConnectionOptions(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        0,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofSeconds(2),
                        5,
                        16 * 1024 * 1024));
        assertThat(options(Resource.CALLS).interest()).isEqualTo(new Interest(List.of(), true, false, false));
        assertThat(configuration.getAcknowledge()).isEqualTo(Acknowledge.processed);
        assertThat(configuration.getBodyType()).isEqualTo(BodyType.map);
        assertThat(configuration.getQueueSize()).isEqualTo(1_000);
    }

    @Test
    void readsWhatWasSet() {
        configuration.setReconcile(false);
        configuration.setMerge(true);
        configuration.setSubscriptionUpdates(true);
        configuration.setElements("name");
        configuration.setServers(" http://localhost:8080 ");

        SubscriptionOptions options = options(Resource.CALLS);

        assertThat(options.interest()).isEqualTo(new Interest(List.of("name"), false, true, true));
        assertThat(options.servers()).containsExactly(new ServerAddress(false, "localhost", 8080));
        assertThat(options.credentials()).isEqualTo(new Credentials("admin", "s3cret"));
    }

    // Elements.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"name|name", "' name , participants '|name,participants", "name,,name,|name"})
    void readsAListOfElements(String written, String elements) {
        configuration.setElements(written);

        assertThat(options(Resource.CALLS).interest().elements()).containsExactly(elements.split(","));
    }

    @ParameterizedTest
    @EnumSource
    void readsAStarAsAllThatTheGuideLists(Resource resource) {
        configuration.setElements("*");

        assertThat(options(resource).interest().elements()).isEqualTo(resource.elements());
    }

    @Test
    void readsAStarNextToAnElementOfANewerServer() {
        configuration.setElements("raisedHands,*");
        configuration.setAllowUnknownElements(true);

        assertThat(options(Resource.CALLS).interest().elements())
                .hasSize(Resource.CALLS.elements().size() + 1)
                .startsWith("raisedHands", "name");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", ","})
    void readsNoElementsOutOfNothing(String written) {
        configuration.setElements(written);

        assertThat(options(Resource.CALLS).interest().elements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CALLS, particpants, participants",
        "CALLS, Name, name",
        "CALL_ROSTER, audioMute, audioMuted",
        "CALL_INFO, joinAudioMute, joinAudioMuteOverride"
    })
    void suggestsTheNearestElement(Resource resource, String written, String meant) {
        configuration.setElements("name," + written);

        assertThatThrownBy(() -> options(resource).interest())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option elements")
                .hasMessageContaining(resource.wireName())
                .hasMessageContaining("'" + written + "'")
                .hasMessageContaining("Did you mean: " + meant + "?")
                .hasMessageContaining("allowUnknownElements=true");
    }

    @Test
    void doesNotMixUpTheElementsOfResources() {
        configuration.setElements("audioMuted");

        assertThatCode(() -> options(Resource.CALL_ROSTER).interest()).doesNotThrowAnyException();
        assertThatThrownBy(() -> options(Resource.CALLS).interest()).hasMessageContaining("Option elements");
    }

    // The call.

    @Test
    void wantsAllCalls() {
        assertThat(options(Resource.CALLS).topic()).isEqualTo(new Topic.Calls());
    }

    @ParameterizedTest
    @EnumSource(names = {"CALL_ROSTER", "CALL_INFO"})
    void wantsOneCall(Resource resource) {
        configuration.setCall(" " + GUID + " ");

        assertThat(options(resource).topic()).isEqualTo(new Topic.InCalls(resource, new CallSelector.OfCall(GUID)));
    }

    @Test
    void wantsEveryCall() {
        configuration.setCall("*");

        assertThat(options(Resource.CALL_ROSTER).topic())
                .isEqualTo(new Topic.InCalls(Resource.CALL_ROSTER, new CallSelector.Every()));
    }

    @Test
    void wantsOneConference() {
        configuration.setCallCorrelator(GUID);

        assertThat(options(Resource.CALL_INFO).topic())
                .isEqualTo(new Topic.InCalls(Resource.CALL_INFO, new CallSelector.Correlated(GUID)));
    }

    @ParameterizedTest
    @CsvSource({
        "Board, Board, true",
        "Board, board, true",
        "Board, Board 2, false",
        "Board*, Board 2, true",
        "Board*, The Board, false",
        "'(Board|Team) \\d+', Team 7, true",
        "'(Board|Team) \\d+', Team, false",
        "'Board (EMEA', Board (EMEA, true"
    })
    void wantsCallsByName(String pattern, String name, boolean wanted) {
        configuration.setCallName(pattern);

        Topic.InCalls topic = (Topic.InCalls) options(Resource.CALL_ROSTER).topic();
        CallSelector.Named named = (CallSelector.Named) topic.calls();
        assertThat(named.matcher().test(name)).isEqualTo(wanted);
    }

    static Stream<Arguments> severalWaysToNameACall() {
        return Stream.of(
                option("call and callName", options -> {
                    options.setCall("*");
                    options.setCallName("Board*");
                }),
                option("callName and callCorrelator", options -> {
                    options.setCallName("Board*");
                    options.setCallCorrelator(GUID);
                }),
                option("call and callCorrelator", options -> {
                    options.setCall(GUID);
                    options.setCallCorrelator(GUID);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("severalWaysToNameACall")
    void takesOneWayToNameACall(String names, Consumer<CmsEventsConfiguration> set) {
        set.accept(configuration);

        assertThatThrownBy(() -> options(Resource.CALL_ROSTER).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Options " + names + ":");
    }

    @Test
    void hasAViewOfTheClusterForCallsOnly() {
        configuration.setClusterView(true);
        configuration.setCall("*");

        assertThatThrownBy(() -> options(Resource.CALL_ROSTER).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option clusterView:");
        configuration.setCall(null);
        assertThat(options(Resource.CALLS).topic()).isEqualTo(new Topic.Conferences());
    }

    @Test
    void hasNoViewOfTheClusterWithoutReconciling() {
        configuration.setClusterView(true);
        configuration.setReconcile(false);

        assertThatThrownBy(() -> options(Resource.CALLS).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Options clusterView and reconcile:");
    }

    @Test
    void takesNoCallForAllCalls() {
        configuration.setCall(GUID);

        assertThatThrownBy(() -> options(Resource.CALLS).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option call");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void needsACallForARoster(String call) {
        configuration.setCall(call);

        assertThatThrownBy(() -> options(Resource.CALL_ROSTER).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option call");
    }

    // The others: each is named by the message about it.

    static Stream<Arguments> badOptions() {
        return Stream.of(
                option("servers", options -> options.setServers(null)),
                option("servers", options -> options.setServers(" ")),
                option("servers", options -> options.setServers(",")),
                option("servers", options -> options.setServers("host:99999")),
                option("servers", options -> options.setServers("one,two,http://one:443")),
                option("username", options -> options.setUsername(null)),
                option("username", options -> options.setUsername("")),
                option("password", options -> options.setPassword(null)),
                option("password", options -> options.setPassword("")),
                option("elements", options -> options.setElements("nothing")),
                option("call", options -> options.setCall(GUID)),
                option("callName", options -> options.setCallName("Board*")),
                option("callCorrelator", options -> options.setCallCorrelator(GUID)),
                option("queueSize", options -> options.setQueueSize(0)),
                option("queueSize", options -> options.setQueueSize(-1)),
                option("reconnectInitialDelay", options -> options.setReconnectInitialDelay(0)),
                option("reconnectInitialDelay", options -> options.setReconnectInitialDelay(1L << 31)),
                option("reconnectMaxDelay", options -> options.setReconnectMaxDelay(0)),
                option("reconnectMaxDelay", options -> options.setReconnectMaxDelay(Long.MAX_VALUE)),
                option("maxReconnectAttempts", options -> options.setMaxReconnectAttempts(-1)),
                option("connectTimeout", options -> options.setConnectTimeout(0)),
                option("connectTimeout", options -> options.setConnectTimeout(-1)),
                option("ackTimeout", options -> options.setAckTimeout(0)),
                option("heartbeatInterval", options -> options.setHeartbeatInterval(-1)),
                option("resyncQuietPeriod", options -> options.setResyncQuietPeriod(0)),
                option("maxConnectionsPerServer", options -> options.setMaxConnectionsPerServer(0)),
                option("maxConnectionsPerServer", options -> options.setMaxConnectionsPerServer(6)),
                option("maxMessageSize", options -> options.setMaxMessageSize(1_023)));
    }

    @ParameterizedTest(name = "{0} ({index})")
    @MethodSource("badOptions")
    void namesABadOption(String name, Consumer<CmsEventsConfiguration> spoil) {
        spoil.accept(configuration);

        assertThatThrownBy(() -> options(Resource.CALLS).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option " + name + ":")
                .hasMessageNotContaining("s3cret");
    }

    static Stream<Arguments> extremes() {
        return Stream.of(
                option("heartbeatInterval", options -> options.setHeartbeatInterval(0)),
                option("reconnectMaxDelay", options -> options.setReconnectMaxDelay(Integer.MAX_VALUE)),
                option("maxReconnectAttempts", options -> options.setMaxReconnectAttempts(Integer.MAX_VALUE)),
                option("maxConnectionsPerServer", options -> options.setMaxConnectionsPerServer(1)),
                option("maxMessageSize", options -> options.setMaxMessageSize(1_024)),
                option("queueSize", options -> options.setQueueSize(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("extremes")
    void takesAnOptionAtItsLimit(String name, Consumer<CmsEventsConfiguration> set) {
        set.accept(configuration);

        assertThatCode(() -> options(Resource.CALLS).validate()).doesNotThrowAnyException();
    }

    // The resource.

    @ParameterizedTest
    @EnumSource
    void findsTheResource(Resource resource) {
        assertThat(SubscriptionOptions.resource(resource.wireName())).isEqualTo(resource);
    }

    @ParameterizedTest
    @CsvSource({"call, calls", "Calls, calls", "roster, callRoster", "callroster, callRoster", "callinfos, callInfo"})
    void suggestsTheNearestResource(String written, String meant) {
        assertThatThrownBy(() -> SubscriptionOptions.resource(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + written + "'")
                .hasMessageContaining("Did you mean: " + meant + "?")
                .hasMessageContaining("calls, callRoster, callInfo");
    }

    @Test
    void doesNotRepeatCredentialsInThePath() {
        assertThatThrownBy(() -> SubscriptionOptions.resource("admin:s3cret@host/calls"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("username and password")
                .hasMessageNotContaining("s3cret");
    }

    private SubscriptionOptions options(Resource resource) {
        return new SubscriptionOptions(resource, configuration);
    }

    private static CmsEventsConfiguration good() {
        CmsEventsConfiguration configuration = new CmsEventsConfiguration();
        configuration.setServers("cms.example.com");
        configuration.setUsername("admin");
        configuration.setPassword("s3cret");
        return configuration;
    }

    private static Arguments option(String name, Consumer<CmsEventsConfiguration> set) {
        return Arguments.of(name, set);
    }
}
