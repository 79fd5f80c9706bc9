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
package io.github.cmsevents.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.Breach;
import java.util.List;

/** The content of a client's text frame. */
sealed interface ClientMessage {

    /** The acknowledgement of one of the server's messages. */
    record Ack(long messageId, String status) implements ClientMessage {}

    /** The full list of subscriptions that the client wants on this socket. */
    record Subscribe(long messageId, List<WantedSubscription> wanted, JsonNode message) implements ClientMessage {
        public Subscribe {
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * A message that the server refuses in its acknowledgement.
     *
     * @param breach the breach that it is as well; null for none
     */
    record Refused(long messageId, String reason, Breach.Kind breach, JsonNode message) implements ClientMessage {}

    /** Text that cannot be acknowledged. */
    record Unreadable(String reason) implements ClientMessage {}
}
