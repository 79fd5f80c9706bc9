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

import io.github.cmsevents.camel.internal.protocol.Want;

/**
 * A subscription, at one moment.
 *
 * @param turnedDown whether the server turned it down when it was last asked
 * @param connection the socket that it is on; null while no socket has room for it
 * @param receivers  how many routes share it
 * @param known      how many calls or participants are known
 */
public record SubscriptionStatus(
        Want want,
        SubscriptionPhase phase,
        boolean turnedDown,
        ConnectionStatus connection,
        int receivers,
        int known) {}
