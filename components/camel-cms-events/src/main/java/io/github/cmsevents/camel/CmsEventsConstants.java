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

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** The headers of an exchange. */
public final class CmsEventsConstants {

    @Metadata(
            label = "consumer",
            description = "The resource of the endpoint: calls, conferences, callRoster or callInfo.",
            javaType = "String",
            important = true)
    public static final String RESOURCE = "CamelCmsEventsResource";

    @Metadata(
            label = "consumer",
            description =
                    "The type of the server's message: callListUpdate, rosterUpdate, callInfoUpdate or subscriptionUpdate.",
            javaType = "String")
    public static final String MESSAGE_TYPE = "CamelCmsEventsMessageType";

    @Metadata(
            label = "consumer",
            description =
                    "The type of the update: add, update or remove. Not set for a change of the subscription's state.",
            javaType = "String",
            important = true)
    public static final String UPDATE_TYPE = "CamelCmsEventsUpdateType";

    @Metadata(
            label = "consumer",
            description = "The GUID of the call, on the server that the update is from.",
            javaType = "String",
            important = true)
    public static final String CALL = "CamelCmsEventsCall";

    @Metadata(
            label = "consumer",
            description = "The name of the call, where known: always for calls that are followed, otherwise where a"
                    + " subscription to calls or callInfo includes it.",
            javaType = "String")
    public static final String CALL_NAME = "CamelCmsEventsCallName";

    @Metadata(
            label = "consumer",
            description =
                    "The correlator that the calls of one conference share on all servers, where known: always for"
                            + " calls that are followed and have one, otherwise where a subscription to calls or callInfo includes"
                            + " it.",
            javaType = "String")
    public static final String CALL_CORRELATOR = "CamelCmsEventsCallCorrelator";

    @Metadata(
            label = "consumer",
            description = "The stable key of the conference: the GUID under which it was first reported. Set for"
                    + " conferences, callRoster and callInfo.",
            javaType = "String")
    public static final String CONFERENCE = "CamelCmsEventsConference";

    @Metadata(
            label = "consumer",
            description = "The GUID of the participant, for callRoster.",
            javaType = "String",
            important = true)
    public static final String PARTICIPANT = "CamelCmsEventsParticipant";

    @Metadata(
            label = "consumer",
            description = "The reason why a participant left or a call ended, where known. A server knows it only for"
                    + " participants that it hosted; callEnded when the end of the call removed the participant.",
            javaType = "String")
    public static final String REASON = "CamelCmsEventsReason";

    @Metadata(label = "consumer", description = "The Call Bridge, as host:port.", javaType = "String")
    public static final String SERVER = "CamelCmsEventsServer";

    @Metadata(
            label = "consumer",
            description = "The Call Bridges that report the conference now, as host:port, in the order of the option"
                    + " servers. Set for conferences.",
            javaType = "java.util.List<String>")
    public static final String SERVERS = "CamelCmsEventsServers";

    @Metadata(
            label = "consumer",
            description =
                    "The new state of the subscription: pending, active or deactivated. Set on the exchanges of the"
                            + " option subscriptionUpdates.",
            javaType = "String")
    public static final String SUBSCRIPTION_STATE = "CamelCmsEventsSubscriptionState";

    @Metadata(
            label = "consumer",
            description = "The names of the elements that changed. Set with the option merge.",
            javaType = "java.util.List<String>")
    public static final String CHANGED_ELEMENTS = "CamelCmsEventsChangedElements";

    @Metadata(
            label = "consumer",
            description = "Whether the component concluded the update rather than received it.",
            javaType = "Boolean")
    public static final String SYNTHETIC = "CamelCmsEventsSynthetic";

    @Metadata(
            label = "consumer",
            description =
                    "The time when the update was received, in milliseconds since 1970. The server sends no time of"
                            + " its own.",
            javaType = "Long")
    public static final String MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    private CmsEventsConstants() {}
}
