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

import io.github.cmsevents.validator.NamedEndpoint.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.apache.camel.catalog.CamelCatalog;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Checks XML files of routes. */
final class XmlCheck {

    private static final String NAMESPACE = "http://camel.apache.org/schema/xml-io";
    private static final String ROOTS =
            "camel|beans|routes|route|rests|rest|routeTemplates|routeTemplate|templatedRoutes|templatedRoute"
                    + "|routeConfigurations|routeConfiguration";
    private static final Set<String> PATTERNS = Set.of("interceptFrom", "interceptSendToEndpoint");

    private static final Pattern UNKNOWN_ELEMENT =
            Pattern.compile("element '\\{?(\\w+)}?'\\. One of '\\{(.*)}' is expected");

    private final Schema schema;
    private final EndpointCheck endpoints;

    XmlCheck(EndpointCheck endpoints) throws IOException {
        this.endpoints = endpoints;
        try (InputStream in =
                CamelCatalog.class.getResourceAsStream("/org/apache/camel/catalog/schemas/camel-xml-io.xsd")) {
            schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(in));
        } catch (SAXException e) {
            throw new IOException("Camel's schema of XML routes cannot be read", e);
        }
    }

    /** Whether its root is one of Camel's, in no namespace or in Camel's. */
    static boolean isCamel(String text) {
        try {
            XMLStreamReader xml = reader(text);
            xml.nextTag();
            String namespace = xml.getNamespaceURI();
            return xml.getLocalName().matches(ROOTS) && (namespace == null || namespace.equals(NAMESPACE));
        } catch (XMLStreamException e) {
            return false;
        }
    }

    void check(String text, Problems problems) throws IOException {
        // Route files need no namespace, the schema does.
        String withNamespace = text.contains(NAMESPACE)
                ? text
                : text.replaceFirst("<(" + ROOTS + ")\\b", "<$1 xmlns=\"" + NAMESPACE + "\"");
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new Reporter(problems));
        try {
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.validate(new StreamSource(new StringReader(withNamespace)));
            checkEndpoints(text, problems);
        } catch (SAXParseException e) {
            problems.add(Math.max(1, e.getLineNumber()), "not valid XML at column " + e.getColumnNumber());
        } catch (SAXException | XMLStreamException e) {
            problems.add(1, "not valid XML");
        }
    }

    private void checkEndpoints(String text, Problems problems) throws XMLStreamException {
        XMLStreamReader xml = reader(text);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                String uri = xml.getAttributeValue(null, "uri");
                if (uri != null && !PATTERNS.contains(xml.getLocalName())) {
                    int line = xml.getLocation().getLineNumber();
                    Role role = role(xml.getLocalName());
                    endpoints.check(new NamedEndpoint(uri, Map.of(), role, option -> line), problems);
                }
            }
        }
    }

    private static Role role(String element) {
        return switch (element) {
            case "from", "poll", "pollEnrich" -> Role.CONSUMER;
            case "to", "toD", "wireTap" -> Role.PRODUCER;
            default -> Role.EITHER;
        };
    }

    private static XMLStreamReader reader(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory.createXMLStreamReader(new StringReader(text));
    }

    /** Shortens what the parser says of an unknown element, which lists all known ones. */
    private static String text(String message) {
        Matcher unknown = UNKNOWN_ELEMENT.matcher(message);
        if (!unknown.find()) {
            return message.replaceFirst("^cvc-[^:]+: ", "");
        }
        List<String> known = List.of(unknown.group(2).split(", "));
        return "not allowed here: " + unknown.group(1) + Suggestion.of(unknown.group(1), known);
    }

    private record Reporter(Problems problems) implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // The schema knows only errors.
        }

        @Override
        public void error(SAXParseException e) {
            problems.add(Math.max(1, e.getLineNumber()), text(e.getMessage().replace("\"" + NAMESPACE + "\":", "")));
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
