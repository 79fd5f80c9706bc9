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

import io.github.cmsevents.camel.internal.content.Origin;
import io.github.cmsevents.camel.internal.content.Update;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;

/** An update as a message. Its headers are made when somebody looks at them: many routes need the body only. */
final class CmsEventsMessage extends DefaultMessage {

    private Update update;

    CmsEventsMessage(Exchange exchange) {
        super(exchange);
    }

    /** Makes it the message of this update, other than the body. */
    void carry(Update next) {
        update = next;
        if (hasPopulatedHeaders()) {
            // A pooled exchange keeps the map from one update to the next.
            populateInitialHeaders(getHeaders());
        }
    }

    @Override
    public void reset() {
        super.reset();
        update = null;
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        if (update == null) {
            return;
        }
        Origin origin = update.origin();
        headers.put(CmsEventsConstants.RESOURCE, update.resource().wireName());
        headers.put(CmsEventsConstants.MESSAGE_TYPE, origin.messageType());
        headers.put(CmsEventsConstants.SERVER, origin.server());
        headers.put(CmsEventsConstants.MESSAGE_TIMESTAMP, origin.receivedAt());
        put(headers, CmsEventsConstants.SUBSCRIPTION_INDEX, origin.index());
        put(headers, CmsEventsConstants.MESSAGE_ID, origin.messageId());
        if (update.type() != null) {
            headers.put(CmsEventsConstants.UPDATE_TYPE, update.type().wireName());
        }
        if (update.state() != null) {
            headers.put(CmsEventsConstants.SUBSCRIPTION_STATE, update.state().wireName());
        }
        put(headers, CmsEventsConstants.CALL, update.call());
        put(headers, CmsEventsConstants.CALL_NAME, update.callName());
        put(headers, CmsEventsConstants.CALL_CORRELATOR, update.callCorrelator());
        put(headers, CmsEventsConstants.PARTICIPANT, update.participant());
        put(headers, CmsEventsConstants.REASON, update.reason());
        put(headers, CmsEventsConstants.CHANGED_ELEMENTS, update.changedElements());
        put(headers, CmsEventsConstants.SERVERS, update.servers());
        if (update.synthetic()) {
            headers.put(CmsEventsConstants.SYNTHETIC, true);
        }
    }

    private static void put(Map<String, Object> headers, String header, Object value) {
        if (value != null) {
            headers.put(header, value);
        }
    }
}
