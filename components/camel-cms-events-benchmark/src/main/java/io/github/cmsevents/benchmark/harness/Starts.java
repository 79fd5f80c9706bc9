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

import io.github.cmsevents.benchmark.client.StartReport;
import java.util.List;

/** Contexts that were started, each in a fresh JVM, in turns. */
record Starts(List<StartReport> with, List<StartReport> without) {

    Spread contextMillisWith() {
        return Spread.of(with.stream().map(StartReport::contextMillis).toList());
    }

    Spread contextMillisWithout() {
        return Spread.of(without.stream().map(StartReport::contextMillis).toList());
    }

    Spread firstUpdateMillis() {
        return Spread.of(with.stream().map(StartReport::firstUpdateMillis).toList());
    }
}
