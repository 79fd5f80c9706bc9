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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same route, written in each of Camel's languages. */
class RouteDslTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void inYaml() throws Exception {
        load("calls.camel.yaml", """
                - route:
                    id: calls
                    from:
                      uri: cms-events:calls
                      parameters:
                        elements: name,participants
                        bodyType: json
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "${header.CamelCmsEventsUpdateType} ${header.CamelCmsEventsCallName}"
                        - to:
                            uri: mock:seen
                """);
        sayBoardIsAdded();
    }

    @Test
    void inXml() throws Exception {
        load("calls.camel.xml", """
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                  <route id="calls">
                    <from uri="cms-events:calls?elements=name,participants&amp;acknowledge=received"/>
                    <setBody><simple>${header.CamelCmsEventsUpdateType} ${body[name]}</simple></setBody>
                    <to uri="mock:seen"/>
                  </route>
                </routes>
                """);
        sayBoardIsAdded();
    }

    private void load(String name, String text) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, text));
    }

    private void sayBoardIsAdded() throws Exception {
        getMockEndpoint("mock:seen").expectedBodiesReceived("add Board");
        SimulatedCall call = server().createCall("Board");
        getMockEndpoint("mock:seen").assertIsSatisfied();
        assertThat(call.id())
                .isEqualTo(getMockEndpoint("mock:seen")
                        .getExchanges()
                        .get(0)
                        .getMessage()
                        .getHeader(CmsEventsConstants.CALL));
    }
}
