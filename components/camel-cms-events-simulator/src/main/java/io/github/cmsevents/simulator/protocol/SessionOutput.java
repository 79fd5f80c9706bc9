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

/** Receives the output of a session. */
public interface SessionOutput {

    /** Sends one text frame. */
    void send(String text);

    /** A message was sent; not called for acknowledgements. */
    void messageSent();

    /** The client breached the protocol. */
    void breach(Breach.Kind kind, String detail);

    /** The server refused a message of the client in its acknowledgement. */
    void refused(long messageId, String reason);

    /** The {@code message} object of a subscribe request, refused or not. */
    void subscribeRequest(JsonNode message);
}
