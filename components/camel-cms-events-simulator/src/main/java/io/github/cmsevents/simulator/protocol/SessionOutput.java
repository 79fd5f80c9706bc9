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

/** What a session tells the one who carries it. */
public interface SessionOutput {

    /** Sends one text frame. */
    void send(String text);

    /** A message, rather than an acknowledgement, was sent just now. */
    void messageSent();

    /** The client breached the protocol. */
    void breach(Breach.Kind kind, String detail);

    /** A message of the client was answered by an acknowledgement that is no success. */
    void refused(long messageId, String reason);

    /** A subscribe request came, good or not: its {@code message} object. */
    void subscribeRequest(JsonNode message);
}
