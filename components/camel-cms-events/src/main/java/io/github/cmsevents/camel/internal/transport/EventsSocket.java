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
package io.github.cmsevents.camel.internal.transport;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.vertx.core.Future;

/** An open events WebSocket. To be used on the event loop it was opened on, other than {@link #send}. */
public interface EventsSocket {

    /** Receives the socket's events, on the event loop it was opened on. */
    interface Listener {
        /** A message came: the first {@code length} bytes of {@code text}, in UTF-8. */
        void received(byte[] text, int length);

        /** The socket is closed. Called once, after the last {@link #received}. */
        void closed(CmsEventsConnectionException why);
    }

    /**
     * Sends one unfragmented text frame; from any thread. Completes on the event loop: succeeds when it is written, fails
     * when it never will be.
     */
    Future<Void> send(String text);

    /** Stops reading, so that the network holds back a server that does not wait for acknowledgements. */
    void pause();

    void resume();

    /** Closes the socket, then {@link Listener#closed} is called. Completes when the close frame is written. */
    Future<Void> close();

    /** Closes the socket because the server broke the protocol or no longer answers; {@code why} goes to {@link Listener#closed}. */
    void abandon(CmsEventsConnectionException why);
}
