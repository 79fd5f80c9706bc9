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

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Records the exchanges of a route. */
final class SeenExchanges implements Processor {

    /** The content of an exchange on arrival. */
    record Seen(Object body, Map<String, Object> headers) {
        @SuppressWarnings("unchecked") // the component's bodies have this type with bodyType=map
        Map<String, Object> map() {
            return (Map<String, Object>) body;
        }

        String type() {
            return (String) headers.get(CmsEventsConstants.UPDATE_TYPE);
        }

        Object header(String name) {
            return headers.get(name);
        }
    }

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    @Override
    public void process(Exchange exchange) {
        seen.add(new Seen(
                exchange.getMessage().getBody(),
                new LinkedHashMap<>(exchange.getMessage().getHeaders())));
    }

    List<Seen> all() {
        return List.copyOf(seen);
    }

    Seen get(int index) {
        return seen.get(index);
    }

    Seen last() {
        return seen.get(seen.size() - 1);
    }

    int size() {
        return seen.size();
    }

    void clear() {
        seen.clear();
    }

    List<String> types() {
        return seen.stream().map(Seen::type).toList();
    }

    List<Object> values(String key) {
        return seen.stream().map(one -> one.map().get(key)).toList();
    }

    /** Waits until exactly this many have arrived. */
    SeenExchanges awaitSize(int size) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> seen.size() >= size);
        if (seen.size() > size) {
            throw new AssertionError("Expected " + size + " exchanges, but came " + seen);
        }
        return this;
    }
}
