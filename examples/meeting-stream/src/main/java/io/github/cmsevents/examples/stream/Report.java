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
package io.github.cmsevents.examples.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.camel.CmsEventsConstants;
import java.util.List;
import java.util.Set;
import org.apache.camel.Message;

/**
 * An update as the component delivers it.
 *
 * @param subject     what it is about
 * @param type        {@code add}, {@code update} or {@code remove}
 * @param conference  the component's key of the conference
 * @param correlator  what the calls of the conference share on all servers; null where not known
 * @param participant the GUID of the participant; null for a conference
 * @param server      the server that it is from, as {@code host:port}
 * @param time        when it was received, in milliseconds since 1970
 * @param reason      why a participant left or a call ended; null where not known
 * @param synthetic   whether the component concluded it
 * @param record      the elements as last known; for a conference also {@code servers}
 */
record Report(
        Subject subject,
        String type,
        String conference,
        String correlator,
        String participant,
        String server,
        long time,
        String reason,
        boolean synthetic,
        ObjectNode record) {

    static final String SERVERS = "servers";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> ENVELOPE = Set.of("call", "participant", "updateType", "reason", "callName");
    private static final String CORRELATOR = "callCorrelator";

    /** @param message the body is the merged record as JSON text */
    static Report of(Message message) throws JsonProcessingException {
        ObjectNode record = JSON.readValue(message.getBody(String.class), ObjectNode.class);
        record.remove(ENVELOPE);
        String participant = message.getHeader(CmsEventsConstants.PARTICIPANT, String.class);
        if (participant == null) {
            List<?> servers = message.getHeader(CmsEventsConstants.SERVERS, List.class);
            record.set(SERVERS, JSON.valueToTree(servers));
        } else {
            record.remove(CORRELATOR);
        }
        return new Report(
                participant == null ? Subject.CONFERENCE : Subject.PARTICIPANT,
                message.getHeader(CmsEventsConstants.UPDATE_TYPE, String.class),
                message.getHeader(CmsEventsConstants.CONFERENCE, String.class),
                message.getHeader(CmsEventsConstants.CALL_CORRELATOR, String.class),
                participant,
                message.getHeader(CmsEventsConstants.SERVER, String.class),
                message.getMessageTimestamp(),
                message.getHeader(CmsEventsConstants.REASON, String.class),
                message.getHeader(CmsEventsConstants.SYNTHETIC, Boolean.class),
                record);
    }
}
