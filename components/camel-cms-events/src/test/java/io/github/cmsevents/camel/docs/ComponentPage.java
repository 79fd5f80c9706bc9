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
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the tables of the component's page. Camel's own plugin writes only includes, which only the website of the Camel
 * project resolves.
 */
final class ComponentPage {

    static final Path FILE = Path.of("src", "main", "docs", "cms-events-component.adoc");

    private static final String TABLE = """
            [width="100%%",cols="2,6,^1,2",options="header"]
            |===
            | Name | Description | Default | Type
            %s|===
            """;

    private final ComponentJson json;

    ComponentPage(ComponentJson json) {
        this.json = json;
    }

    /** The page with up-to-date tables. */
    String withTables(String page) {
        List<Entry> path =
                json.endpointOptions().values().stream().filter(Entry::path).toList();
        List<Entry> query = json.endpointOptions().values().stream()
                .filter(option -> !option.path())
                .toList();
        String result =
                replace(page, "component options", json.componentOptions().values());
        result = replace(result, "path options", path);
        result = replace(result, "endpoint options", query);
        return replace(result, "headers", json.headers().values());
    }

    private static String replace(String page, String name, Collection<Entry> entries) {
        Pattern block = Pattern.compile("(// " + name + ": START[^\n]*\n).*?(// " + name + ": END\n)", Pattern.DOTALL);
        Matcher matcher = block.matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    "The page has no lines '// " + name + ": START' and '// " + name + ": END'");
        }
        StringBuilder rows = new StringBuilder();
        entries.forEach(entry -> rows.append(row(entry)));
        return page.substring(0, matcher.end(1)) + TABLE.formatted(rows) + page.substring(matcher.start(2));
    }

    private static String row(Entry entry) {
        String group = entry.group().isEmpty() ? "" : " (" + entry.group() + ")";
        String marks = (entry.required() ? "*Required.* " : "") + (entry.secret() ? "*Secret.* " : "");
        return "| *" + entry.name() + "*" + group + " | " + marks + text(entry.description()) + " | "
                + text(entry.defaultValue()) + " | " + text(simpleName(entry.javaType())) + "\n";
    }

    private static String simpleName(String javaType) {
        return javaType.replaceAll("\\b[a-z]\\w*\\.", "");
    }

    /** Escapes text that AsciiDoc would read as the end of a cell or as a link. */
    private static String text(String plain) {
        return plain.replace("|", "\\|").replaceAll("(?=https?://)", "\\\\");
    }
}
