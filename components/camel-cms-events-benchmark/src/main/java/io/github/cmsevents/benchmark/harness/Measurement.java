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

import io.github.cmsevents.benchmark.client.ClientReport;
import io.github.cmsevents.benchmark.load.LoadReport;

/** One run of one client, seen from both sides. */
record Measurement(LoadReport server, ClientReport client) {

    /** Updates that did not arrive exactly once, and acknowledgements that did not come exactly once. */
    int lostOrTwice() {
        return client.missing()
                + client.twice()
                + server.unacknowledged()
                + server.acknowledgedTwice()
                + server.strays();
    }
}
