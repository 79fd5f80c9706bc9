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
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.util.List;
import java.util.Optional;

/**
 * A Call Bridge, at one moment. Immutable: read by other threads.
 *
 * @param activity what has happened so far; goes on counting
 */
public record ServerStatus(
        ServerAddress server,
        List<ConnectionStatus> connections,
        List<SubscriptionStatus> subscriptions,
        ServerActivity activity) {

    public ServerStatus {
        connections = List.copyOf(connections);
        subscriptions = List.copyOf(subscriptions);
    }

    /** The subscription for this, if any route wants it. */
    public Optional<SubscriptionStatus> subscription(Want want) {
        return subscriptions.stream()
                .filter(subscription -> subscription.want().equals(want))
                .findFirst();
    }
}
