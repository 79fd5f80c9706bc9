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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the checked files say together: the Kamelets that can be used, and the options that are set in properties. */
final class Application {

    /** Those of this project, which the jar of the catalog has. */
    static final List<String> OWN_KAMELETS =
            List.of("cms-calls-source", "cms-conferences-source", "cms-call-roster-source", "cms-call-info-source");

    private final Map<String, Kamelet> kamelets = new TreeMap<>();
    private final Map<String, Map<String, String>> kameletProperties = new HashMap<>();
    private final Map<String, String> componentOptions = new HashMap<>();

    Application() throws IOException {
        for (String name : OWN_KAMELETS) {
            try (InputStream in = Application.class.getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                add(Kamelet.of(YamlText.read(text, (line, message) -> {
                            throw new IllegalStateException(name + ":" + line + ": " + message);
                        })
                        .root()));
            }
        }
    }

    void add(Kamelet kamelet) {
        kamelets.put(kamelet.name(), kamelet);
    }

    /** Takes the option of the component or the parameter of a Kamelet. */
    void addProperty(String name, String value) {
        KameletProperty.of(name).ifPresent(property -> kameletProperties
                .computeIfAbsent(property.kamelet(), any -> new HashMap<>())
                .put(property.parameter(), value));
        ComponentProperty.of(name)
                .filter(property -> property.component().equals("cms-events"))
                .ifPresent(property -> componentOptions.put(property.option(), value));
    }

    /** By name, sorted. */
    Map<String, Kamelet> kamelets() {
        return kamelets;
    }

    /** The parameters of a Kamelet that properties set. */
    Map<String, String> kameletParameters(String kamelet) {
        return kameletProperties.getOrDefault(kamelet, Map.of());
    }

    /** The options of cms-events that properties set. */
    Map<String, String> componentOptions() {
        return componentOptions;
    }
}
