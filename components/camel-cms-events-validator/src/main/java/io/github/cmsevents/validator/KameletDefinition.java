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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;

/** Checks that the parts of a Kamelet's file fit together. */
final class KameletDefinition {

    private static final String SUFFIX = ".kamelet.yaml";

    private KameletDefinition() {}

    static void check(String fileName, Kamelet kamelet, YamlText file, Problems problems) {
        JsonNode metadata = file.root().path("metadata");
        if (fileName.endsWith(SUFFIX) && !fileName.equals(kamelet.name() + SUFFIX)) {
            problems.add(
                    file.line(metadata, "name"),
                    "the Kamelet's name is " + kamelet.name() + ", so its file has to be " + kamelet.name() + SUFFIX
                            + " for Camel to find it");
        }
        checkParameters(kamelet, file, problems);
        checkEnd(kamelet, metadata, file, problems);
    }

    private static void checkParameters(Kamelet kamelet, YamlText file, Problems problems) {
        JsonNode definition = kamelet.spec().path("definition");
        for (String required : kamelet.required()) {
            if (!kamelet.parameters().contains(required)) {
                problems.add(
                        file.line(definition, "required"),
                        "required parameter " + required + " is not defined"
                                + Suggestion.of(required, kamelet.parameters()));
            }
        }
        Set<String> beans = new TreeSet<>();
        kamelet.template()
                .path("beans")
                .forEach(bean -> beans.add(bean.path("name").asText()));
        Set<String> used = new TreeSet<>();
        Set<String> undefined = new TreeSet<>();
        for (MatchResult placeholder : kamelet.placeholders()) {
            String name = placeholder.group(2);
            used.add(name);
            // With a colon it can be one of Camel's functions, such as env.
            if (placeholder.group(3) == null && !kamelet.parameters().contains(name) && !beans.contains(name)) {
                undefined.add(name);
            }
        }
        undefined.forEach(name -> problems.add(
                file.line(kamelet.spec(), "template"),
                "the template uses {{" + name + "}}, which is no parameter"
                        + Suggestion.of(name, kamelet.parameters())));
        for (String parameter : kamelet.parameters()) {
            if (!used.contains(parameter)) {
                problems.add(
                        file.line(definition.path("properties"), parameter),
                        "the template does not use the parameter " + parameter);
            }
        }
    }

    private static void checkEnd(Kamelet kamelet, JsonNode metadata, YamlText file, Problems problems) {
        String type =
                metadata.path("labels").path("camel.apache.org/kamelet.type").asText();
        String end =
                switch (type) {
                    case "source" -> "kamelet:sink";
                    case "sink", "action" -> "kamelet:source";
                    default -> "";
                };
        if (!kamelet.template().toString().contains(end)) {
            problems.add(
                    file.line(kamelet.spec(), "template"), "the template of a " + type + " needs the endpoint " + end);
        }
    }
}
