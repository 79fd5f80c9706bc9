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
package io.github.cmsevents.camel.transport;

/** Why a connection to a Meeting Server can't be made, or was lost. */
public enum FailureKind {
    /** The account was refused: trying again soon could lock it. */
    CREDENTIALS,
    /** The server's certificate is not trusted, or is not for this host. */
    CERTIFICATE,
    /** The server answered that it is busy. */
    BUSY,
    /** Nobody answered, or not in time. */
    UNREACHABLE,
    /** The socket was refused: other event clients may hold all that the server has. */
    SOCKET_REFUSED,
    /** The server answered something that the protocol does not know. */
    PROTOCOL,
    /** An open socket was closed by the server or the network. */
    LOST
}
