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
package io.github.cmsevents.examples.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The symptoms in the table on the component page. */
final class Troubleshooting {

    private static final Path PAGE =
            Path.of("..", "..", "components", "camel-cms-events", "src", "main", "docs", "cms-events-component.adoc");

    private Troubleshooting() {}

    static List<String> symptoms() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("== Troubleshooting"));
        return Pattern.compile("(?m)^\\| ([^|]+) \\| `")
                .matcher(table)
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(2, row.length() - 4))
                .toList();
    }

    static List<String> split(String symptoms) {
        return List.of(symptoms.split("; "));
    }
}
