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
package io.github.cmsevents.benchmark.scale;

import java.util.List;

/** Names as long as people's are. Plain ASCII without anything to escape. */
final class PersonNames {

    private static final List<String> FIRST = List.of(
            "Andrea",
            "Bo",
            "Charlotte",
            "Dmitri",
            "Esperanza",
            "Finn",
            "Guadalupe",
            "Hiroshi",
            "Ingrid",
            "Jo",
            "Katarzyna");
    private static final List<String> LAST = List.of(
            "Lindqvist", "Ng", "Papadopoulos", "Okafor", "Smith", "Montgomery", "Iwasaki", "Roux", "van den Berg");

    private PersonNames() {}

    /** @param version 0 for how they came; after that, how often they have changed it */
    static String of(int person, int version) {
        String name =
                FIRST.get(person % FIRST.size()) + ' ' + LAST.get(person / FIRST.size() % LAST.size()) + ' ' + person;
        return version == 0 ? name : name + " (" + version + ')';
    }
}
