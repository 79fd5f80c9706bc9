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

import static io.github.cmsevents.camel.CmsEventsConstants.CALL;
import static io.github.cmsevents.camel.CmsEventsConstants.CALL_CORRELATOR;
import static io.github.cmsevents.camel.CmsEventsConstants.CALL_NAME;
import static io.github.cmsevents.camel.CmsEventsConstants.CHANGED_ELEMENTS;
import static io.github.cmsevents.camel.CmsEventsConstants.CONFERENCE;
import static io.github.cmsevents.camel.CmsEventsConstants.MESSAGE_TIMESTAMP;
import static io.github.cmsevents.camel.CmsEventsConstants.MESSAGE_TYPE;
import static io.github.cmsevents.camel.CmsEventsConstants.PARTICIPANT;
import static io.github.cmsevents.camel.CmsEventsConstants.REASON;
import static io.github.cmsevents.camel.CmsEventsConstants.RESOURCE;
import static io.github.cmsevents.camel.CmsEventsConstants.SERVER;
import static io.github.cmsevents.camel.CmsEventsConstants.SERVERS;
import static io.github.cmsevents.camel.CmsEventsConstants.SUBSCRIPTION_STATE;
import static io.github.cmsevents.camel.CmsEventsConstants.SYNTHETIC;
import static io.github.cmsevents.camel.CmsEventsConstants.UPDATE_TYPE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.BodyType;
import io.github.cmsevents.camel.internal.content.Update;
import org.apache.camel.Message;

/**
 * Makes a Camel message of an update.
 *
 * @param resource as in the endpoint's URI
 */
public record UpdateMessage(String resource, BodyType bodyType, ObjectMapper json) {

    public void fill(Message message, Update update) throws JsonProcessingException {
        message.setHeader(RESOURCE, resource);
        message.setHeader(MESSAGE_TYPE, update.origin().messageType());
        message.setHeader(SERVER, update.origin().server());
        message.setHeader(MESSAGE_TIMESTAMP, update.origin().receivedAt());
        message.setHeader(SYNTHETIC, update.synthetic());
        set(message, UPDATE_TYPE, update.type() == null ? null : update.type().wireName());
        set(
                message,
                SUBSCRIPTION_STATE,
                update.state() == null ? null : update.state().wireName());
        set(message, CALL, update.call());
        set(message, CALL_NAME, update.callName());
        set(message, CALL_CORRELATOR, update.callCorrelator());
        set(message, CONFERENCE, update.conference());
        set(message, PARTICIPANT, update.participant());
        set(message, REASON, update.reason());
        set(message, CHANGED_ELEMENTS, update.changedElements());
        set(message, SERVERS, update.servers());
        message.setBody(bodyType == BodyType.json ? json.writeValueAsString(update.body()) : update.body());
    }

    private static void set(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
