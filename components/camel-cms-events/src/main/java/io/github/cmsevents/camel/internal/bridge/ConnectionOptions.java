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
package io.github.cmsevents.camel.internal.bridge;

import java.time.Duration;

/**
 * How connections to a cluster behave; one set for each component.
 *
 * @param reconnectInitialDelay   the delay before the second attempt; doubled for each further one
 * @param reconnectMaxDelay       the longest delay
 * @param maxReconnectAttempts    the failed attempts in a row after which to give up; 0 for no limit
 * @param refusedLoginDelay       the delay between attempts after a second refused login
 * @param connectTimeout          the time limit of a login, and of opening a socket
 * @param ackTimeout              the time limit for the server to acknowledge a request
 * @param heartbeatInterval       the silence after which the request is sent again; zero for never
 * @param resyncQuietPeriod       the silence after which a snapshot is complete
 * @param stalledRouteTimeout     the time after which a route that holds an acknowledgement is reported
 * @param maxConnectionsPerServer the sockets to use of a server's five, 1 to 5
 * @param maxMessageSize          the largest message accepted, in bytes
 */
public record ConnectionOptions(
        Duration reconnectInitialDelay,
        Duration reconnectMaxDelay,
        int maxReconnectAttempts,
        Duration refusedLoginDelay,
        Duration connectTimeout,
        Duration ackTimeout,
        Duration heartbeatInterval,
        Duration resyncQuietPeriod,
        Duration stalledRouteTimeout,
        int maxConnectionsPerServer,
        int maxMessageSize) {

    public BackOff backOff() {
        return new BackOff(reconnectInitialDelay, reconnectMaxDelay);
    }
}
