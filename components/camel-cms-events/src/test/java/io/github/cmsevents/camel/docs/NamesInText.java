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
package io.github.cmsevents.camel.docs;

import io.github.cmsevents.camel.docs.ComponentJson.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds options, headers and defaults in a text that the component does not have. */
final class NamesInText {

    private static final Pattern HEADER = Pattern.compile("CamelCmsEvents\\w+|CamelMessageTimestamp");
    private static final Pattern PROPERTY = Pattern.compile("camel\\.component\\.cms-events\\.([\\w-]+)");
    private static final Pattern URI = Pattern.compile("cms-events:(\\w+)\\?([^\\s\"'`<]+)");
    private static final Pattern ASSIGNMENT = Pattern.compile("`(\\w+)=([^`\\s]*)`");
    // A row of a table in Markdown: | `name` | default | meaning |
    private static final Pattern DEFAULT = Pattern.compile("(?m)^\\| `([a-z]\\w*)` \\| ([^|]*) \\|");

    private final ComponentJson json;
    private final Map<String, Entry> options = new HashMap<>();

    NamesInText(ComponentJson json) {
        this.json = json;
        options.putAll(json.endpointOptions());
        options.putAll(json.componentOptions());
    }

    /** Every header, option or default that the text names and the component does not have. */
    List<String> unknownIn(String text) {
        List<String> unknown = new ArrayList<>();
        for (MatchResult header : all(HEADER, text)) {
            if (!json.headers().containsKey(header.group())) {
                unknown.add("header " + header.group());
            }
        }
        for (MatchResult property : all(PROPERTY, text)) {
            if (!json.componentOptions().containsKey(property.group(1))) {
                unknown.add("component option " + property.group(1));
            }
        }
        for (MatchResult uri : all(URI, text)) {
            for (String parameter : uri.group(2).replace("&amp;", "&").split("&")) {
                String name = parameter.split("=", 2)[0];
                if (!json.endpointOptions().containsKey(name)) {
                    unknown.add("endpoint option " + name);
                }
            }
        }
        for (MatchResult assignment : all(ASSIGNMENT, text)) {
            if (!options.containsKey(assignment.group(1))) {
                unknown.add("option " + assignment.group(1));
            }
        }
        return unknown;
    }

    /** Every option in a table whose default there is not the component's. */
    List<String> wrongDefaultsIn(String text) {
        List<String> wrong = new ArrayList<>();
        for (MatchResult row : all(DEFAULT, text)) {
            Entry option = options.get(row.group(1));
            String documented = row.group(2).replace("`", "").trim();
            if (option == null) {
                wrong.add("option " + row.group(1));
            } else if (!option.defaultValue().equals(documented)) {
                wrong.add(option.name() + " defaults to '" + option.defaultValue() + "', not '" + documented + "'");
            }
        }
        return wrong;
    }

    /** How many rows of a table name an option. */
    long optionsInTables(String text) {
        return all(DEFAULT, text).size();
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
