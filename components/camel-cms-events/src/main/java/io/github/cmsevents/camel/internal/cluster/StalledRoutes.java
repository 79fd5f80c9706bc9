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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports routes that hold an acknowledgement for too long: the server sends nothing more on that socket to any route. */
final class StalledRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(StalledRoutes.class);

    private static final int CHECKS_PER_TIMEOUT = 6;

    private final EventLoop loop;
    private final Duration timeout;
    private final Collection<Receiver> routes;
    private final Set<Receiver> reported = new HashSet<>();
    private boolean watching;

    /** @param routes those that are attached now */
    StalledRoutes(EventLoop loop, Duration timeout, Collection<Receiver> routes) {
        this.loop = loop;
        this.timeout = timeout;
        this.routes = routes;
    }

    /** Checks from time to time as long as there are routes. */
    void watch() {
        if (!watching) {
            watching = true;
            loop.after(timeout.dividedBy(CHECKS_PER_TIMEOUT), () -> {
                watching = false;
                check();
                if (!routes.isEmpty()) {
                    watch();
                }
            });
        }
    }

    private void check() {
        reported.retainAll(routes);
        for (Receiver route : routes) {
            long since = route.waitingSince();
            boolean stalled = since > 0 && loop.millis() - since >= timeout.toMillis();
            if (!stalled) {
                reported.remove(route);
            } else if (reported.add(route)) {
                LOG.warn(
                        "Route {} has not processed an update for {} s. The server waits for its acknowledgement before it sends"
                                + " more to any route on that socket; readiness is DOWN until then (option"
                                + " stalledRouteTimeout)",
                        route.name(),
                        (loop.millis() - since) / 1000);
            }
        }
    }
}
