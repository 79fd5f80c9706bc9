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
import static org.assertj.core.api.Assertions.entry;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallInfoRouteTest extends CmsEventsTestSupport {

    @RegisterExtension
    static final MeetingServerExtension CMS = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    @Override
    MeetingServerSimulator server() {
        return CMS.server();
    }

    @Test
    void deliversAnAddThenUpdatesAndARemoveAtTheEndOfTheCall() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("info", "cms-events:callInfo?call=" + call.id() + "&elements=name,recording")
                .awaitSize(1);
        call.set("recording", "active");
        seen.awaitSize(2);
        call.end();
        seen.awaitSize(3);

        assertThat(seen.types()).containsExactly("add", "update", "remove");
        assertThat(seen.get(0).map())
                .containsExactly(
                        entry("call", call.id()),
                        entry("updateType", "add"),
                        entry("name", "Board"),
                        entry("recording", "inactive"),
                        entry("callName", "Board"));
        assertThat(seen.get(1).map())
                .containsExactly(
                        entry("call", call.id()),
                        entry("updateType", "update"),
                        entry("recording", "active"),
                        entry("callName", "Board"));
        assertThat(seen.get(1).header(CmsEventsConstants.MESSAGE_TYPE)).isEqualTo("callInfoUpdate");
        assertThat(seen.get(1).header(CmsEventsConstants.CALL_NAME)).isEqualTo("Board");
        assertThat(seen.get(2).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "remove"), entry("callName", "Board"));
        assertThat(seen.get(2).header(CmsEventsConstants.SYNTHETIC)).isEqualTo(true);
    }
}
