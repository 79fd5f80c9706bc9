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

import io.github.cmsevents.camel.CmsEventsConnectionException;
import java.time.Instant;

/**
 * One of a server's sockets, at one moment.
 *
 * @param since         when it came into this state
 * @param subscriptions how many subscriptions it is for
 * @param attempts      how many attempts have failed in a row
 * @param nextAttempt   when it tries again; null unless it is waiting to
 * @param lastFailure   what went wrong last, in this outage or the last one; null if nothing ever did
 */
public record ConnectionStatus(
        ConnectionState state,
        Instant since,
        int subscriptions,
        int attempts,
        Instant nextAttempt,
        CmsEventsConnectionException lastFailure) {}
