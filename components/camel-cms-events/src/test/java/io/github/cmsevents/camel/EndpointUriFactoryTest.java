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

import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.junit.jupiter.api.Test;

/** The generated factory, through which Camel's builders make URIs from options. */
class EndpointUriFactoryTest {

    @Test
    void optionsBecomeAUri() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory("cms-events");

            assertThat(factory.buildUri("cms-events", Map.of("resource", "callRoster", "call", "*")))
                    .isEqualTo("cms-events:callRoster?call=*");
            assertThat(factory.propertyNames()).contains("resource", "call", "elements");
            assertThat(factory.secretPropertyNames()).containsExactlyInAnyOrder("username", "password");
        }
    }
}
