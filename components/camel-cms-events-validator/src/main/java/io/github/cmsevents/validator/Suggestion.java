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
package io.github.cmsevents.validator;

import java.util.Collection;
import org.apache.camel.catalog.suggest.CatalogSuggestionStrategy;

/** The end of a message about an unknown name. */
final class Suggestion {

    private Suggestion() {}

    /** Names the nearest known one; empty without any that is near. */
    static String of(String written, Collection<String> known) {
        String[] nearest = CatalogSuggestionStrategy.suggestEndpointOptions(known, written, 1);
        return nearest == null || nearest.length == 0 ? "" : ". Did you mean: " + nearest[0];
    }
}
