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

/** Where one of a server's sockets is in its life. */
public enum ConnectionState {
    /** Nothing is wanted. */
    IDLE,
    /** Asking for a token, or opening a socket with it. */
    CONNECTING,
    /** The socket is open, and the server has not confirmed everything that is wanted. */
    SUBSCRIBING,
    /** The server has confirmed everything that is wanted. */
    LIVE,
    /** Waiting before the next attempt. */
    BACKING_OFF,
    /** Saying goodbye to the server. */
    CLOSING,
    /** Too many attempts have failed. */
    GAVE_UP,
    /** Ended for good. */
    CLOSED;

    /** Whether there is a socket that subscriptions can be asked for on. */
    public boolean isOpen() {
        return this == SUBSCRIBING || this == LIVE;
    }
}
