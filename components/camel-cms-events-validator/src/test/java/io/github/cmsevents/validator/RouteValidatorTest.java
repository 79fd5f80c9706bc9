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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteValidatorTest {

    private static final String CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";

    private static RouteValidator validator;

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheSchemas() throws Exception {
        validator = new RouteValidator(Set.of());
    }

    /** A route from the endpoint; the URI is on line 3, the parameters begin on line 5. */
    private static String route(String uri, String... parameters) {
        return """
                - route:
                    from:
                      uri: "%s"
                      parameters:
                %s
                      steps:
                        - log:
                            message: "${body}"
                """.formatted(
                uri,
                String.join("\n", Stream.of(parameters).map("        "::concat).toList()));
    }

    private List<String> problems(String name, String text) throws IOException {
        Path file = Files.createDirectories(folder).resolve(name);
        Files.writeString(file, text);
        return problems(validator.validate(List.of(folder)));
    }

    private List<String> problems(Report report) {
        return report.problems().stream()
                .map(problem -> problem.toString().substring(folder.toString().length() + 1))
                .toList();
    }

    @Test
    void checksFilesThatAreNotInUtf8() throws Exception {
        Files.writeString(folder.resolve("latin1.xml"), """
                <?xml version="1.0" encoding="ISO-8859-1"?>
                <route>
                  <from uri="cms-events:calls?elements=nmae"/>
                  <log message="\u00fc"/>
                </route>
                """, StandardCharsets.ISO_8859_1);

        assertThat(problems(validator.validate(List.of(folder))))
                .singleElement(STRING)
                .startsWith("latin1.xml:3: cms-events, option elements: calls has no element 'nmae'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elements: name,participants",
                "elements: \"*\"",
                "elements: \"{{elements}}\"",
                "merge: \"{{merge}}\"",
                "queueSize: 10",
                "password: \"a&b%c+d\"",
                "sslContextParameters: \"#tls\"",
                "elements: name,brandNew\n        allowUnknownElements: true",
                "elements: name,brandNew\n        allowUnknownElements: \"{{newer}}\""
            })
    void acceptsValidParameters(String parameters) throws Exception {
        assertThat(problems("a.camel.yaml", route("cms-events:calls", parameters)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cms-events:callRoster?call=*",
                "cms-events:callRoster?call=" + CALL,
                "cms-events:callRoster?call={{call}}",
                "cms-events:callRoster?call={{call}}&callName={{callName}}",
                "cms-events:callInfo?callName=RAW(regex:(Board|Team) .+)",
                "cms-events:callInfo?callCorrelator={{correlator}}&elements=name",
                "cms-events:calls?elements=name%2Cparticipants&servers=cms.example.com%3A445",
                "cms-events:callInfo?callName=50%25&elements=name",
                "cms-events:callInfo?callName=C%2B%2B&elements=name",
                "cms-events:callInfo?callName=50% off&elements=name",
                "cms-events://calls?elements=name&password=RAW(a&b=c+%)",
                "cms-events:{{resource}}?elements=name",
                "{{source}}"
            })
    void acceptsValidUris(String uri) throws Exception {
        assertThat(problems("a.camel.yaml", route(uri, "{}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elementz: name | 5: cms-events, option elementz: Unknown option. Did you mean: [elements",
                "acknowledge: recieved | 5: cms-events, option acknowledge: Invalid enum value: recieved",
                "queueSize: many | 5: cms-events, option queueSize: Invalid integer value: many",
                "queueSize: 0 | 5: cms-events, option queueSize: 0 is less than 1",
                "merge: maybe | 5: cms-events, option merge: Invalid boolean value: maybe",
                "elements: name,partcipants | 5: cms-events, option elements: calls has no element 'partcipants'. Did you mean: participants?",
                "elements: audioMuted | 5: cms-events, option elements: calls has no element 'audioMuted'. It is an element of callRoster.",
                "call: '*' | 5: cms-events, option call: calls is about all calls",
                "servers: 'a:b:c' | 5: cms-events, option servers: "
            })
    void reportsAWrongParameterOnItsLine(String parameter, String problem) throws Exception {
        assertThat(problems("a.camel.yaml", route("cms-events:calls", parameter)))
                .singleElement()
                .asString()
                .startsWith("a.camel.yaml:" + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cms-events:callz | 3: cms-events, option resource: Invalid enum value: callz",
                "cms-event:calls | 3: unknown component cms-event. Did you mean: cms-events",
                "cms-events:callRoster | 3: cms-events, option call: callRoster needs a call's GUID",
                "cms-events:callInfo?call=x | 3: cms-events, option call: 'x' is not a GUID",
                "cms-events:callInfo?callName=regex:( | 3: cms-events, option callName: not a regular expression",
                "timer:a?periodd=1 | 3: timer, option periodd: Unknown option",
                "kamelet:cms-call-source | 3: unknown Kamelet cms-call-source. Did you mean: cms-call"
            })
    void reportsAWrongUri(String uri, String problem) throws Exception {
        assertThat(problems("a.camel.yaml", route(uri, "{}")))
                .singleElement()
                .asString()
                .startsWith("a.camel.yaml:" + problem);
    }

    @Test
    void reportsStepsThatCamelDoesNotHaveWithTheNearestOne() throws Exception {
        String text = """
                - route:
                    autoStartup: "{{start}}"
                    from:
                      uri: timer:a
                      steps:
                        - log:
                            messag: a
                        - lgo:
                            message: a
                        - throttle:
                            expression:
                              constant: 3
                            asyncDelayed: "{{delayed}}"
                        - to:
                            uri: cms-events:calls
                        - to: cms-event:calls
                """;

        assertThat(problems("a.camel.yaml", text))
                .containsExactly(
                        "a.camel.yaml:7: unknown here: messag. Did you mean: message",
                        "a.camel.yaml:7: log: message is missing",
                        "a.camel.yaml:8: unknown here: lgo. Did you mean: log",
                        "a.camel.yaml:15: cms-events only receives; use it in from",
                        "a.camel.yaml:16: unknown component cms-event. Did you mean: cms-events"
                                + " (or ignore it, if it is one of your own)");
    }

    @Test
    void reportsAFormThatCamelDoesNotRead() throws Exception {
        assertThat(problems("a.camel.yaml", "- route:\n    from: 3\n")).isNotEmpty();
        assertThat(problems(
                        "a.camel.yaml",
                        "- route:\n    autoStartup: maybe\n    from:\n      uri: timer:a\n      steps: []\n"))
                .containsExactly("a.camel.yaml:2: autoStartup: the value has another type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elementz: name | cms-calls-source, parameter elementz: unknown, Camel ignores it. Did you mean: elements",
                "bodyType: xml | cms-calls-source, parameter bodyType: the value is none of [map, json]",
                "merge: maybe | cms-calls-source, parameter merge: the value is not of type boolean",
                "elements: nane | cms-calls-source, option elements: calls has no element 'nane'. Did you mean: name?"
            })
    void reportsAWrongParameterOfAKamelet(String parameter, String problem) throws Exception {
        assertThat(problems("a.camel.yaml", route("kamelet:cms-calls-source", parameter)))
                .singleElement()
                .asString()
                .startsWith("a.camel.yaml:5: " + problem);
    }

    @Test
    void reportsAMissingSelectorOfAKameletUnlessAPropertySetsIt() throws Exception {
        String route = route("kamelet:cms-call-info-source/details", "elements: name");

        assertThat(problems("a.camel.yaml", route))
                .singleElement()
                .asString()
                .startsWith("a.camel.yaml:3: cms-call-info-source, option call: callInfo needs a call's GUID");

        assertThat(problems("application.properties", "camel.kamelet.cms-call-info-source.call = *\n"))
                .isEmpty();
    }

    @Test
    void takesAnOptionThatAPropertySetsOnTheComponent() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "camel.component.cms-events.call-name = Board*\n");

        assertThat(problems("a.camel.yaml", route("cms-events:callRoster", "elements: name")))
                .isEmpty();
    }

    @Test
    void checksTheKameletsOfTheApplicationAndTheirUses() throws Exception {
        String kamelet = """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: board-source
                  labels:
                    camel.apache.org/kamelet.type: source
                spec:
                  definition:
                    required:
                      - room
                    properties:
                      room:
                        type: string
                  template:
                    from:
                      uri: cms-events:callRoster
                      parameters:
                        callName: "{{room}}"
                        elements: name
                      steps:
                        - to:
                            uri: kamelet:sink
                """;
        assertThat(problems("board-source.kamelet.yaml", kamelet)).isEmpty();
        assertThat(problems("a.camel.yaml", route("kamelet:board-source", "room: Board*")))
                .isEmpty();
        assertThat(problems("a.camel.yaml", route("kamelet:board-source", "roomz: Board*")))
                .containsExactly(
                        "a.camel.yaml:3: board-source: parameter room is missing",
                        "a.camel.yaml:5: board-source, parameter roomz: unknown, Camel ignores it. Did you mean: room");
        Files.delete(folder.resolve("a.camel.yaml"));

        assertThat(problems(
                        "board-source.kamelet.yaml",
                        kamelet.replace("name: board-source", "name: bord-source")
                                .replace("- room", "- place")
                                .replace("\"{{room}}\"", "\"{{title}}\"")
                                .replace("kamelet:sink", "log:a")
                                .replace("elements: name", "elements: nane")))
                .containsExactly(
                        "board-source.kamelet.yaml:4: the Kamelet's name is bord-source, so its file has to be"
                                + " bord-source.kamelet.yaml for Camel to find it",
                        "board-source.kamelet.yaml:9: required parameter place is not defined",
                        "board-source.kamelet.yaml:12: the template does not use the parameter room",
                        "board-source.kamelet.yaml:14: the template uses {{title}}, which is no parameter",
                        "board-source.kamelet.yaml:14: the template of a source needs the endpoint kamelet:sink",
                        "board-source.kamelet.yaml:19: cms-events, option elements: callRoster has no element 'nane'."
                                + " Did you mean: name? For an element of a newer server set allowUnknownElements=true");
    }

    @Test
    void checksPipes() throws Exception {
        assertThat(problems("pipe.yaml", """
                        apiVersion: camel.apache.org/v1
                        kind: Pipe
                        metadata:
                          name: rosters
                        spec:
                          source:
                            ref:
                              kind: Kamelet
                              apiVersion: camel.apache.org/v1
                              name: cms-call-roster-source
                            properties:
                              call: "*"
                              elements: name,state
                              mergge: true
                          sink:
                            uri: log:a?levell=INFO
                        """))
                .containsExactly(
                        "pipe.yaml:13: elements: Camel 4.17 encodes the value in a Pipe; write RAW(...) around it",
                        "pipe.yaml:14: cms-call-roster-source, parameter mergge: unknown, Camel ignores it. Did you mean: merge",
                        "pipe.yaml:16: log, option levell: Unknown option. Did you mean: [level]");
    }

    @Test
    void checksXmlRoutes() throws Exception {
        assertThat(problems("a.camel.xml", """
                        <routes>
                          <route>
                            <from uri="cms-events:calls?elements=nane&amp;merge=true"/>
                            <logg message="a"/>
                            <to uri="log:a?levell=INFO"/>
                          </route>
                        </routes>
                        """))
                .containsExactly(
                        "a.camel.xml:3: cms-events, option elements: calls has no element 'nane'. Did you mean: name?"
                                + " For an element of a newer server set allowUnknownElements=true",
                        "a.camel.xml:4: not allowed here: logg. Did you mean: log",
                        "a.camel.xml:5: log, option levell: Unknown option. Did you mean: [level]");
    }

    @Test
    void checksProperties() throws Exception {
        assertThat(problems("application.properties", """
                        # a comment that ends with \\
                        camel.component.cms-events.servers = \\
                            cms.example.com
                        camel.component.cms-events.serverz = cms.example.com
                        camel.component.cms-events.max-connections-per-server = 9
                        camel.component.cms-events.heartbeatInterval = soon
                        camel.component.cms-events.acknowledge = recieved
                        camel.component.cms-events.connectTimeout = {{timeout}}
                        camel.component.cms-events.customizer.enabled = true
                        camel.component.cms-event.servers = cms.example.com
                        camel.kamelet.cms-calls-source.elementz = *
                        camel.kamelet.cms-call-source.elements = *
                        camel.ssl.enabled = true
                        mine = 1
                        """))
                .containsExactly(
                        "application.properties:4: camel.component.cms-events.serverz: unknown option. Did you mean: servers",
                        "application.properties:5: camel.component.cms-events.max-connections-per-server: 9 is not from 1 to 5",
                        "application.properties:6: camel.component.cms-events.heartbeatInterval: Invalid duration value: soon",
                        "application.properties:7: camel.component.cms-events.acknowledge: Invalid enum value: recieved."
                                + " Possible values: [processed, received]. Did you mean: [received]",
                        "application.properties:10: camel.component.cms-event.servers: unknown component cms-event."
                                + " Did you mean: cms-events",
                        "application.properties:11: camel.kamelet.cms-calls-source.elementz: unknown, Camel ignores it."
                                + " Did you mean: elements",
                        "application.properties:12: camel.kamelet.cms-call-source.elements: unknown Kamelet cms-call-source."
                                + " Did you mean: cms-call-info-source");
    }

    @Test
    void doesNotCheckEndpointsOfIgnoredComponentsAndSaysSo() throws Exception {
        Files.writeString(folder.resolve("a.camel.yaml"), route("mine:a?b=c", "{}"));
        Files.writeString(folder.resolve("application.properties"), "camel.component.mine.b = c\n");
        Files.writeString(folder.resolve("b.camel.yaml"), route("kamelet:timer-source", "period: 1"));

        Report report = new RouteValidator(Set.of("mine")).validate(List.of(folder));

        assertThat(report.problems()).isEmpty();
        assertThat(report.unchecked()).containsExactlyInAnyOrder("mine", "kamelet:timer-source");
        assertThat(report.summary()).endsWith("Not known here, not checked: kamelet:timer-source, mine");
    }

    @Test
    void leavesFilesAloneThatAreNotForCamel() throws Exception {
        Files.writeString(folder.resolve("compose.yaml"), "services:\n  a:\n    image: b\n");
        Files.writeString(folder.resolve("chart.yaml"), "a: {{ .Values.a }}\n");
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(folder.resolve("log4j2.properties"), "camel.component.cms-events.serverz = a\n");
        Path built = Files.createDirectories(folder.resolve("target/classes"));
        Files.writeString(built.resolve("a.camel.yaml"), route("cms-events:callz", "{}"));

        assertThat(validator.validate(List.of(folder)).files()).isZero();
    }

    @Test
    void checksAFileThatIsNamedWhateverItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "services: []\n");

        assertThat(validator.validate(List.of(file)).problems()).isNotEmpty();
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> validator.validate(List.of(missing))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void knowsEachKameletOfThisProject() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("../camel-cms-events-kamelets/src/main/resources/kamelets"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".kamelet.yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Application.OWN_KAMELETS);
        }
    }

    @Test
    void theReadmeShowsWhatItPrints() throws Exception {
        Path camel = Files.createDirectories(folder.resolve("src/main/resources/camel"));
        Files.writeString(camel.resolveSibling("application.properties"), """
                camel.component.cms-events.username = {{env:CMS_USERNAME}}
                camel.component.cms-events.serverz = cms.example.com
                """);
        Files.writeString(camel.resolve("rosters.camel.yaml"), """
                - route:
                    from:
                      uri: cms-events:callRoster
                      parameters:
                        elements: name,audioMutd
                        call: "*"
                      steps:
                        - lgo:
                            message: "${body}"
                - route:
                    from:
                      uri: kamelet:cms-calls-source
                      parameters:
                        elementz: name
                      steps:
                        - log:
                            message: "${body}"
                """);

        Report report = validator.validate(List.of(folder));

        assertThat(report.problems()).hasSize(4);
        assertThat(Files.readString(Path.of("README.md")))
                .contains("```\n" + String.join("\n", problems(report)) + "\n```");
    }
}
