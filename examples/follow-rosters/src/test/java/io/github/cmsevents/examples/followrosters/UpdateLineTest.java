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
package io.github.cmsevents.examples.followrosters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CmsEventsConstants;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateLineTest {

    private final UpdateLine updateLine =
            new UpdateLine("http://127.0.0.1:8080, https://cms2.example.com,cms3.example.com:445,[2001:db8::4]");

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080,       bridge 1",
        "cms2.example.com:443, bridge 2",
        "cms3.example.com:445, bridge 3",
        "[2001:db8::4]:443,    bridge 4",
        "cms5.example.com:443, cms5.example.com:443"
    })
    void countsTheCallBridgesInTheOrderOfTheOption(String server, String name) {
        Message update = new DefaultMessage(new DefaultCamelContext());
        update.setHeader(CmsEventsConstants.CALL_NAME, "Board meeting");
        update.setHeader(CmsEventsConstants.UPDATE_TYPE, "add");
        update.setHeader(CmsEventsConstants.SERVER, server);
        update.setBody(Map.of("name", "Ada"));

        assertThat(updateLine.of(update)).isEqualTo("Board meeting  add    Ada    (" + name + ")");
    }
}
