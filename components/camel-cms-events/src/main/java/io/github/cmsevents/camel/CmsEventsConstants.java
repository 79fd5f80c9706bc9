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
            description = "What was subscribed: calls, callRoster or callInfo.",
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
            description = "What the update says: add, update or remove. Not set for a change of the subscription's"
                    + " state.",
            javaType = "String",
            important = true)
    public static final String UPDATE_TYPE = "CamelCmsEventsUpdateType";

    @Metadata(
            label = "consumer",
            description =
                    "The GUID of the call that the update is about, or that the participant is in, on the server that"
                            + " the update is from.",
            javaType = "String",
            important = true)
    public static final String CALL = "CamelCmsEventsCall";

    @Metadata(
            label = "consumer",
            description = "The name of the call, where known: always for calls that are followed, otherwise where any"
                    + " route's subscription to calls or callInfo has told it.",
            javaType = "String")
    public static final String CALL_NAME = "CamelCmsEventsCallName";

    @Metadata(
            label = "consumer",
            description =
                    "What the calls of one conference on several servers have in common, where known: always for calls"
                            + " that are followed and have one, otherwise where any route's subscription to calls or"
                            + " callInfo has told it.",
            javaType = "String")
    public static final String CALL_CORRELATOR = "CamelCmsEventsCallCorrelator";

    @Metadata(
            label = "consumer",
            description = "The GUID of the participant, for callRoster.",
            javaType = "String",
            important = true)
    public static final String PARTICIPANT = "CamelCmsEventsParticipant";

    @Metadata(
            label = "consumer",
            description = "Why a participant left, where the server says so: it knows only of those whom it hosted.",
            javaType = "String")
    public static final String REASON = "CamelCmsEventsReason";

    @Metadata(label = "consumer", description = "The Call Bridge, as host:port.", javaType = "String")
    public static final String SERVER = "CamelCmsEventsServer";

    @Metadata(
            label = "consumer",
            description = "The Call Bridges that report the conference now, as host:port, in the order of the option"
                    + " servers. Set only with the option clusterView.",
            javaType = "java.util.List<String>")
    public static final String SERVERS = "CamelCmsEventsServers";

    @Metadata(
            label = "consumer",
            description = "The index of the subscription that the update came under.",
            javaType = "Integer")
    public static final String SUBSCRIPTION_INDEX = "CamelCmsEventsSubscriptionIndex";

    @Metadata(
            label = "consumer",
            description = "The server's number for the message that the update came in.",
            javaType = "Long")
    public static final String MESSAGE_ID = "CamelCmsEventsMessageId";

    @Metadata(
            label = "consumer",
            description =
                    "The new state of the subscription: pending, active or deactivated. Set only on the exchanges of"
                            + " the option subscriptionUpdates.",
            javaType = "String")
    public static final String SUBSCRIPTION_STATE = "CamelCmsEventsSubscriptionState";

    @Metadata(
            label = "consumer",
            description = "The names of the elements that changed. Set only with the option merge.",
            javaType = "java.util.List<String>")
    public static final String CHANGED_ELEMENTS = "CamelCmsEventsChangedElements";

    @Metadata(
            label = "consumer",
            description = "Set to true on what the component concluded rather than received.",
            javaType = "Boolean")
    public static final String SYNTHETIC = "CamelCmsEventsSynthetic";

    @Metadata(
            label = "consumer",
            description =
                    "When the update was received, in milliseconds since 1970. The server sends no time of its own.",
            javaType = "Long")
    public static final String MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    private CmsEventsConstants() {}
}
