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
package io.github.cmsevents.camel.internal.status;

/** A way in which a server can leave the protocol, or go where this version does not follow. Each is survived. */
public enum ProtocolViolation {
    /** A frame that is no message: no JSON object, or a message without a usable number. The socket is replaced if it must. */
    UNREADABLE_FRAME,
    /** A message of a type that this version does not know. */
    UNKNOWN_MESSAGE,
    /** A message without what its type needs. */
    UNUSABLE_MESSAGE,
    /** An entry of a message that makes no sense; the others are used. */
    UNUSABLE_ENTRY,
    /** An acknowledgement of no request. */
    UNEXPECTED_ACKNOWLEDGEMENT,
    /** A subscribe request that was acknowledged as anything but a success. */
    REFUSED_REQUEST,
    /** Content of another kind than was subscribed. */
    WRONG_CONTENT,
    /** Content before the subscription was said to be active. */
    EARLY_CONTENT,
    /** An update or removal of something that had been removed. */
    LATE_UPDATE
}
