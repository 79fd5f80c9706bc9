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

import io.github.cmsevents.camel.internal.content.Origin;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CmsEventsMessageTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final CmsEventsMessage message = new CmsEventsMessage(exchange);

    CmsEventsMessageTest() {
        message.carry(update("call-1", "Board"));
        message.setBody(Map.of("call", "call-1"));
        exchange.setIn(message);
    }

    @Test
    void hasHeadersBeforeAnybodyHasLookedAtThem() {
        assertThat(message.hasHeaders()).isTrue();
        assertThat(message.getHeader(CmsEventsConstants.CALL)).isEqualTo("call-1");
        assertThat(message.getHeaders())
                .containsEntry(CmsEventsConstants.CALL_NAME, "Board")
                .containsEntry(CmsEventsConstants.MESSAGE_TIMESTAMP, 5L)
                .doesNotContainKeys(CmsEventsConstants.PARTICIPANT, CmsEventsConstants.SYNTHETIC);
    }

    @Test
    void keepsTheUpdatesHeadersWhenOneIsAddedOrRemovedFirst() {
        message.setHeader("mine", 1);
        assertThat(message.getHeaders()).containsEntry("mine", 1).containsEntry(CmsEventsConstants.CALL, "call-1");

        assertThat(message.removeHeader(CmsEventsConstants.CALL)).isEqualTo("call-1");
        assertThat(message.getHeaders()).doesNotContainKey(CmsEventsConstants.CALL);
    }

    @Test
    void hasNoneAfterAllWereRemovedFirst() {
        message.removeHeaders("*");

        assertThat(message.getHeaders()).isEmpty();
    }

    @Test
    void copiesTakeTheHeadersAlongThoughNobodyHasLookedAtThem() {
        Message copy = exchange.copy().getMessage();

        assertThat(copy.getHeader(CmsEventsConstants.CALL)).isEqualTo("call-1");
        copy.setHeader(CmsEventsConstants.CALL, "other");
        assertThat(message.getHeader(CmsEventsConstants.CALL)).isEqualTo("call-1");
    }

    @Test
    void usedAgainItHasNothingOfTheUpdateBefore() {
        message.getHeaders().put("mine", 1);
        message.reset();
        assertThat(message.getHeaders()).isEmpty();
        assertThat(message.getBody()).isNull();

        message.carry(update("call-2", null));

        assertThat(message.getHeaders())
                .containsEntry(CmsEventsConstants.CALL, "call-2")
                .doesNotContainKeys("mine", CmsEventsConstants.CALL_NAME);
    }

    @Test
    void usedAgainWithoutAnybodyHavingLookedItHasTheNextUpdatesHeaders() {
        message.reset();
        message.carry(update("call-2", null));

        assertThat(message.getHeader(CmsEventsConstants.CALL)).isEqualTo("call-2");
    }

    private static Update update(String call, String name) {
        Origin origin = new Origin("cms.example.com:443", "callListUpdate", 1, 2L, 5);
        return new Update(
                origin,
                Resource.CALLS,
                UpdateType.ADD,
                null,
                call,
                name,
                null,
                null,
                null,
                List.of("name"),
                null,
                false,
                Map.of());
    }
}
