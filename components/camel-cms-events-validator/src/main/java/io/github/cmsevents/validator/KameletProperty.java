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

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A property that sets a Kamelet's parameter, for all its uses or for that with one route ID. */
record KameletProperty(String kamelet, String parameter) {

    private static final Pattern NAME = Pattern.compile("camel\\.kamelet\\.([^.]+)\\.(?:[^.]+\\.)?([^.]+)");

    static Optional<KameletProperty> of(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new KameletProperty(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }
}
