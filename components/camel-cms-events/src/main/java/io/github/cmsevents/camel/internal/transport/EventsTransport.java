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

/** The way to one Meeting Server: login and socket. To be used on one event loop. */
public interface EventsTransport {

    /** Asks for a fresh token (events guide, section 4). Fails with a {@link CmsEventsConnectionException}. */
    Future<AuthToken> logIn();

    /**
     * Opens a socket with a token that has not been used before. Fails with a {@link CmsEventsConnectionException}, and then
     * never calls the listener; otherwise calls it only after the future completed.
     */
    Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener);

    /** Ends what is open or being opened, at once. */
    Future<Void> close();
}
