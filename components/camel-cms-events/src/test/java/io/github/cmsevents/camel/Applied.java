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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Applies each update of a route, as a consumer would. Expects names that end in an increasing number. */
final class Applied implements Processor {

    private final String key;
    private final Function<Exchange, String> identity;
    private final Map<String, Map<String, Object>> records = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private boolean inOrder = true;

    /** @param key the key in the body that identifies a record */
    Applied(String key) {
        this(key, exchange -> (String) exchange.getMessage().getBody(Map.class).get(key));
    }

    /**
     * @param key      the key in the body, which does not count as content
     * @param identity what identifies a record
     */
    Applied(String key, Function<Exchange, String> identity) {
        this.key = key;
        this.identity = identity;
    }

    /** For updates of several servers, which do not report a change at the same moment. */
    Applied inAnyOrder() {
        inOrder = false;
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the component's bodies have this type
    public void process(Exchange exchange) {
        String id = identity.apply(exchange);
        Map<String, Object> body = new LinkedHashMap<>(exchange.getMessage().getBody(Map.class));
        body.remove(key);
        // Context that the component adds to each body, not elements of the record.
        body.keySet().removeAll(Set.of("call", "callName", "callCorrelator"));
        String type = (String) body.remove("updateType");
        Map<String, Object> before = records.get(id);
        switch (type) {
            case "add" -> check(before == null, "added twice: " + id);
            case "update" -> check(before != null, "updated without an add: " + id);
            case "remove" -> check(before != null, "removed without an add: " + id);
            default -> check(false, "unknown update type: " + type);
        }
        if ("remove".equals(type)) {
            records.remove(id);
            return;
        }
        Map<String, Object> after = new LinkedHashMap<>(before == null ? Map.of() : before);
        after.putAll(body);
        check(
                !inOrder || before == null || version(before) <= version(after),
                "out of order: " + id + ": " + after + " after " + before);
        records.put(id, after);
    }

    Map<String, Map<String, Object>> records() {
        return records;
    }

    /** Updates that contradict the ones before them. */
    List<String> violations() {
        return violations;
    }

    private static int version(Map<String, Object> record) {
        return record.get("name") instanceof String name ? Integer.parseInt(name.substring(name.indexOf('#') + 1)) : 0;
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
