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

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PromQL expression, as far as its names are concerned. */
record Expression(String text) {

    private static final Pattern SELECTOR = Pattern.compile("\\b(cms_events_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");

    /** A meter's name, and its labels with the values that they are compared with. */
    record Selector(String meter, Map<String, List<String>> labels) {

        private static Selector of(MatchResult match) {
            Map<String, List<String>> labels = new HashMap<>();
            if (match.group(2) != null) {
                MATCHER.matcher(match.group(2))
                        .results()
                        .forEach(label -> labels.put(
                                label.group(1),
                                Stream.of(label.group(2).split("\\|"))
                                        .filter(value -> !value.startsWith("$"))
                                        .toList()));
            }
            return new Selector(match.group(1), labels);
        }
    }

    List<Selector> selectors() {
        return SELECTOR.matcher(text).results().map(Selector::of).toList();
    }

    /** The labels by which series are grouped or matched. */
    Set<String> groupingLabels() {
        return GROUPING.matcher(text)
                .results()
                .map(grouping -> List.of(grouping.group(1).split("\\s*,\\s*")))
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }

    /** The expression with what Grafana puts in place of its variables: all of each, and its intervals. */
    Expression asSentByGrafana() {
        return new Expression(
                text.replace("$__rate_interval", "1m").replace("$__range", "1h").replaceAll("\"\\$\\w+\"", "\".*\""));
    }
}
