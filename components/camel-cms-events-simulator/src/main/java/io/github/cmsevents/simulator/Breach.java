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
package io.github.cmsevents.simulator;

/**
 * A client's breach of the protocol.
 *
 * @param socket number of the socket, counted from 1 in the order of opening; 0 where no socket was opened
 * @param detail what the server received; never a password or token
 */
public record Breach(Kind kind, int socket, String detail) {

    /** The rule that was breached. The sections are those of the Cisco Meeting Server Events Guide, release 3.7. */
    public enum Kind {
        /** A ping frame (section 6). */
        PING,
        /** A pong frame (section 6). */
        PONG,
        /** A binary frame (section 6). */
        BINARY_FRAME,
        /** A frame without the final bit, or a continuation (section 6). */
        FRAGMENTED_FRAME,
        /** A client's frame must be masked (RFC 6455, section 5.1). */
        UNMASKED_FRAME,
        /** A frame that RFC 6455 forbids for another reason: reserved bits or opcodes, text that is not UTF-8, too long. */
        INVALID_FRAME,
        /** A message of the server that was not acknowledged in time (section 5). */
        UNACKED_MESSAGE,
        /** An acknowledgement of a message that was never sent, or is acknowledged already (section 5). */
        ACK_FOR_NOTHING,
        /** More simultaneous sockets than the server has: five (section 6). */
        TOO_MANY_SOCKETS,
        /** More than a hundred subscriptions on a socket (section 6). */
        TOO_MANY_SUBSCRIPTIONS,
        /** A token that has opened a socket before. One socket for each token is our choice. */
        REUSED_TOKEN,
        /** Text that is no JSON object, or no envelope as in section 5, so that no acknowledgement can refuse it. */
        INVALID_MESSAGE,
        /** Two subscriptions of one request with the same index; each needs its own (section 1.1). */
        DUPLICATE_INDEX
    }

    @Override
    public String toString() {
        return kind + (socket == 0 ? "" : " on socket " + socket) + ": " + detail;
    }
}
