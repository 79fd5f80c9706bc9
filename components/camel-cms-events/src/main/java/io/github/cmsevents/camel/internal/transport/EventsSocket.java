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

    /** What the socket tells, on the event loop it was opened on. */
    interface Listener {
        /**
         * A message came.
         *
         * @param text   holds it, in UTF-8, until this returns; another one afterwards
         * @param length how many bytes of that are the message
         * @param came   when it came, as {@link System#nanoTime} has it
         */
        void received(byte[] text, int length, long came);

        /** Told once, after the last {@link #received}. */
        void closed(CmsEventsConnectionException why);
    }

    /**
     * Sends one unfragmented text frame; from any thread. Completes on the event loop, when it is written or will never
     * be.
     */
    Future<Void> send(String text);

    /** The only message that waits for an acknowledgement will have it in a moment, from another thread. */
    void answerIsNear();

    /** Stops reading, so that the network holds back a server that does not wait for acknowledgements. */
    void pause();

    void resume();

    /** Closes it; the listener is told. Completes when the close frame is on its way. */
    Future<Void> close();

    /** Closes it because the server broke the protocol or no longer answers. */
    void abandon(CmsEventsConnectionException why);
}
