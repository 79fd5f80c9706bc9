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

import io.github.cmsevents.camel.internal.content.Conference;
import java.util.function.Predicate;

/** Which conferences a route follows. */
public sealed interface CallSelector {

    /** @param followed whether it is being followed already */
    boolean selects(Conference conference, boolean followed);

    /** Every conference. */
    record Every() implements CallSelector {
        @Override
        public boolean selects(Conference conference, boolean followed) {
            return true;
        }
    }

    /** The conference that a call belongs to; still the same one when only calls of other servers are left of it. */
    record OfCall(String guid) implements CallSelector {
        @Override
        public boolean selects(Conference conference, boolean followed) {
            return followed || conference.hasCall(guid);
        }
    }

    /** Those with a matching name; a renamed conference enters and leaves. */
    record Named(Predicate<String> names) implements CallSelector {
        @Override
        public boolean selects(Conference conference, boolean followed) {
            return conference.name() != null && names.test(conference.name());
        }
    }

    /** The one with this correlator, whenever it is active: a coSpace's stays the same, an ad hoc call's is its own. */
    record Correlated(String correlator) implements CallSelector {
        @Override
        public boolean selects(Conference conference, boolean followed) {
            return correlator.equalsIgnoreCase(conference.correlator());
        }
    }
}
