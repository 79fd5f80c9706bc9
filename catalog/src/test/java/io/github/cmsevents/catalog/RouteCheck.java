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
package io.github.cmsevents.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.xml.sax.SAXException;

/**
 * Checks routes as text: their form against Camel's schemas, and their endpoints against the catalog. Camel's own Maven plugin
 * for that does not read YAML.
 */
final class RouteCheck {

    private static final Pattern XML_URI = Pattern.compile("\\buri=\"([^\"]+)\"");
    private static final Pattern JAVA_URI = Pattern.compile("\\b(?:from|to)\\(\\s*\"([^\"]+)\"");

    private final CamelCatalog catalog = CmsEventsCatalog.create();
    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    private final JsonSchema yamlSchema;
    private final Schema xmlSchema;

    RouteCheck() throws IOException, SAXException {
        try (InputStream in = YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            yamlSchema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in);
        }
        try (InputStream in =
                CamelCatalog.class.getResourceAsStream("/org/apache/camel/catalog/schemas/camel-xml-io.xsd")) {
            xmlSchema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(in));
        }
    }

    /** Returns the errors of a YAML file of routes. */
    List<String> yaml(String text) throws IOException {
        JsonNode routes = yaml.readTree(text);
        List<String> problems = new ArrayList<>();
        yamlSchema.validate(routes).forEach(problem -> problems.add(problem.toString()));
        endpoints(routes, problems);
        return problems;
    }

    /** Returns the errors of an XML file of routes, or of a single route. */
    List<String> xml(String text) throws IOException {
        List<String> problems = new ArrayList<>();
        // Route files need no namespace, the schema does.
        String withNamespace = text.replaceFirst(
                "<(camel|routes|route|rest|beans)\\b", "<$1 xmlns=\"http://camel.apache.org/schema/xml-io\"");
        try {
            xmlSchema.newValidator().validate(new StreamSource(new StringReader(withNamespace)));
        } catch (SAXException e) {
            problems.add(e.getMessage());
        }
        uris(XML_URI, text, problems);
        return problems;
    }

    /** Returns the errors of the endpoints in Java code. */
    List<String> java(String text) {
        List<String> problems = new ArrayList<>();
        uris(JAVA_URI, text, problems);
        return problems;
    }

    /** Returns the errors of a properties file; ignores properties that are not for a component. */
    List<String> properties(String text) {
        return text.lines()
                .filter(line -> line.startsWith("camel."))
                .map(catalog::validateConfigurationProperty)
                .filter(result -> !result.isSuccess())
                .map(result -> result.summaryErrorMessage(false))
                .toList();
    }

    private void endpoints(JsonNode node, List<String> problems) {
        if (node.path("uri").isTextual()) {
            StringBuilder uri = new StringBuilder(node.path("uri").asText());
            for (Map.Entry<String, JsonNode> parameter : node.path("parameters").properties()) {
                uri.append(uri.indexOf("?") < 0 ? '?' : '&')
                        .append(parameter.getKey())
                        .append('=')
                        .append(parameter.getValue().asText());
            }
            uri(uri.toString(), problems);
        }
        node.forEach(child -> endpoints(child, problems));
    }

    private void uris(Pattern pattern, String text, List<String> problems) {
        for (MatchResult match : pattern.matcher(text).results().toList()) {
            uri(match.group(1).replace("&amp;", "&"), problems);
        }
    }

    private void uri(String uri, List<String> problems) {
        EndpointValidationResult result = catalog.validateEndpointProperties(uri);
        // The catalog accepts any endpoint of an unknown component.
        if (!result.isSuccess() || result.getUnknownComponent() != null) {
            problems.add(result.summaryErrorMessage(true));
        }
    }
}
