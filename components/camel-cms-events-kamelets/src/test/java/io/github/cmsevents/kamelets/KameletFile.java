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
package io.github.cmsevents.kamelets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Kamelet as it is on the class path.
 *
 * @param fileName without the folder
 */
record KameletFile(String fileName, JsonNode content) {

    static final String EXTENSION = ".kamelet.yaml";

    static Stream<KameletFile> all() {
        return Stream.of("cms-calls-source", "cms-conferences-source", "cms-call-roster-source", "cms-call-info-source")
                .map(KameletFile::named);
    }

    static KameletFile named(String name) {
        String fileName = name + EXTENSION;
        try (InputStream in = KameletFile.class.getResourceAsStream("/kamelets/" + fileName)) {
            return new KameletFile(fileName, new ObjectMapper(new YAMLFactory()).readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return content.at("/metadata/name").asText();
    }

    String annotation(String name) {
        return content.path("metadata")
                .path("annotations")
                .path("camel.apache.org/" + name)
                .asText();
    }

    String type() {
        return content.path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText();
    }

    JsonNode definition() {
        return content.at("/spec/definition");
    }

    Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new TreeMap<>();
        definition().path("properties").properties().forEach(each -> properties.put(each.getKey(), each.getValue()));
        return properties;
    }

    JsonNode template() {
        return content.at("/spec/template");
    }

    /** Of the JSON that it delivers. */
    JsonNode schema() {
        return content.at("/spec/dataTypes/out/types/json/schema");
    }

    @Override
    public String toString() {
        return fileName;
    }
}
