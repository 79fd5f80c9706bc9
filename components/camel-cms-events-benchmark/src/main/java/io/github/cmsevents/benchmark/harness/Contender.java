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
package io.github.cmsevents.benchmark.harness;

import io.github.cmsevents.benchmark.client.CmsEventsMain;
import io.github.cmsevents.benchmark.client.FloorMain;
import io.github.cmsevents.benchmark.client.PeerMain;
import java.util.List;

/** A client that is measured. */
record Contender(String name, Class<?> main, List<String> arguments) {

    static final Contender FLOOR = new Contender("floor", FloorMain.class, List.of());
    static final Contender PEER = new Contender("peer", PeerMain.class, List.of());
    static final Contender RECEIVED = component("received", "--acknowledge=received");
    static final Contender PROCESSED = component("processed", "--acknowledge=processed");

    static final List<Contender> ALL = List.of(
            FLOOR,
            PEER,
            RECEIVED,
            component("received, pooled", "--acknowledge=received", "--pooled"),
            PROCESSED,
            component("processed, pooled", "--acknowledge=processed", "--pooled"));

    private static Contender component(String name, String... arguments) {
        return new Contender("cms-events, " + name, CmsEventsMain.class, List.of(arguments));
    }

    /** The component with a route for each of so many rosters. */
    static Contender rosters(int count) {
        return new Contender("cms-events, " + count + " rosters", CmsEventsMain.class, List.of("--rosters=" + count));
    }
}
