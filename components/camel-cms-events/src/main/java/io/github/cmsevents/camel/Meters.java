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
package io.github.cmsevents.camel;

import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.ClassResolver;

/** Shows routes and their servers to a metrics system. Depends on none, so that the component works without. */
interface Meters {

    Meters NONE = (route, servers, statuses, queued, waitingSince) -> () -> {};

    /**
     * Shows a route, and its servers if no other route has them shown.
     *
     * @param route    the route's id; null for a consumer that belongs to none
     * @param servers  the servers that the route uses
     * @param statuses the same as they are now; asked from any thread
     * @param queued   how many updates wait for the route now; asked from any thread
     * @param waitingSince when the oldest message was received that the route has not acknowledged, in milliseconds since
     *     1970, or 0; asked from any thread
     * @return to be run when the route stops
     */
    Runnable show(
            String route,
            List<ServerAddress> servers,
            Supplier<List<ServerStatus>> statuses,
            IntSupplier queued,
            LongSupplier waitingSince);

    /** Those of the context, which all of its components share: camel-micrometer's where that is there. */
    static Meters of(CamelContext camelContext) {
        ExtendedCamelContext extension = camelContext.getCamelContextExtension();
        Meters shared = extension.getContextPlugin(Meters.class);
        if (shared == null) {
            shared = isMicrometerThere(camelContext.getClassResolver()) ? new CmsEventsMeters(camelContext) : NONE;
            extension.addContextPlugin(Meters.class, shared);
        }
        return shared;
    }

    private static boolean isMicrometerThere(ClassResolver classes) {
        return classes.resolveClass("io.micrometer.core.instrument.MeterRegistry") != null
                && classes.resolveClass("org.apache.camel.component.micrometer.MicrometerUtils") != null;
    }
}
