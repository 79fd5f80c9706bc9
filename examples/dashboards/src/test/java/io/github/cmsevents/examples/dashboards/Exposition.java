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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an application exposes to Prometheus: the labels of each series, by the name of the meter. */
record Exposition(Map<String, List<Map<String, String>>> series) {

    private static final Pattern LINE = Pattern.compile("(?m)^(cms_events_\\w+)\\{([^}]*)} \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Exposition parse(String text) {
        Map<String, List<Map<String, String>>> series = new HashMap<>();
        LINE.matcher(text).results().forEach(line -> series.computeIfAbsent(line.group(1), name -> new ArrayList<>())
                .add(LABEL.matcher(line.group(2))
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)))));
        return new Exposition(series);
    }

    Set<String> meters() {
        return series.keySet();
    }

    Set<String> labels(String meter) {
        return series.getOrDefault(meter, List.of()).stream()
                .flatMap(labels -> labels.keySet().stream())
                .collect(Collectors.toSet());
    }

    Set<String> values(String meter, String label) {
        return series.getOrDefault(meter, List.of()).stream()
                .map(labels -> labels.getOrDefault(label, ""))
                .collect(Collectors.toSet());
    }
}
