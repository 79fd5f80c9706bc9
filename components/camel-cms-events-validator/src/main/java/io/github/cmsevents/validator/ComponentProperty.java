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

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A property that sets a component's option. */
record ComponentProperty(String component, String option) {

    private static final Pattern NAME = Pattern.compile("camel\\.component\\.([^.]+)\\.(.+)");
    private static final Pattern DASH = Pattern.compile("-(.)");

    /** Takes the option's name with dashes too. */
    static Optional<ComponentProperty> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String option = DASH.matcher(matcher.group(2))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        return Optional.of(new ComponentProperty(matcher.group(1), option));
    }
}
