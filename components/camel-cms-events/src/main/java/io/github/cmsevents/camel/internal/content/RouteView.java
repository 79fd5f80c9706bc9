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
package io.github.cmsevents.camel.internal.content;

import io.github.cmsevents.camel.internal.content.Change.Cause;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects what one route receives of a change: its own elements, and only what is new to it.
 *
 * @param hidden the elements that only other routes asked for
 * @param from   the first generation of content that the route received; what was known before is new to it
 */
record RouteView(Resource resource, Interest interest, Set<String> hidden, int from) {

    private static final String UPDATE_TYPE = "updateType";
    private static final String REASON = "reason";

    /**
     * What the route receives of a change.
     *
     * @param body            a copy of its own
     * @param changedElements null unless the body is the whole record
     */
    record Seen(UpdateType type, Map<String, Object> body, List<String> changedElements) {
        String reason() {
            return body.get(REASON) instanceof String reason ? reason : null;
        }
    }

    /** The same route, which receives content from this generation on. */
    RouteView from(int generation) {
        return new RouteView(resource, interest, hidden, generation);
    }

    /** The same route beside others that share the subscription; {@code union} has the elements of all of them. */
    RouteView among(Set<String> union) {
        Set<String> others = new HashSet<>(union);
        others.removeAll(interest.elements());
        return new RouteView(resource, interest, Set.copyOf(others), from);
    }

    /** Empty when the route receives nothing of the change. */
    Optional<Seen> of(Change change) {
        if (!interest.reconcile()) {
            boolean neverReceived = change.isSynthetic() && change.knownSince() < from;
            return change.cause() == Cause.GONE_IN_GAP || neverReceived
                    ? Optional.empty()
                    : seen(change.sentType(), change.sent(), change);
        }
        if (change.knownSince() >= from) {
            return change.newsType() == null ? Optional.empty() : seen(change.newsType(), change.news(), change);
        }
        // The route never received the record.
        return change.sentType() == UpdateType.ADD
                ? seen(UpdateType.ADD, withType(UpdateType.ADD, change.record()), change)
                : Optional.empty();
    }

    private Optional<Seen> seen(UpdateType type, Map<String, Object> content, Change change) {
        Map<String, Object> own = withoutHidden(content);
        List<String> elements = elementsOf(own);
        if (type == UpdateType.UPDATE && elements.isEmpty() && own.size() < content.size()) {
            return Optional.empty();
        }
        if (!interest.merge()) {
            return Optional.of(new Seen(type, OwnCopy.of(own), null));
        }
        Map<String, Object> body = OwnCopy.of(withType(type, withoutHidden(change.record())));
        if (content.containsKey(REASON)) {
            body.put(REASON, content.get(REASON));
        }
        return Optional.of(new Seen(type, body, type == UpdateType.REMOVE ? List.of() : elements));
    }

    private Map<String, Object> withType(UpdateType type, Map<String, Object> record) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(resource.keyName(), record.get(resource.keyName()));
        content.put(UPDATE_TYPE, type.wireName());
        record.forEach(content::putIfAbsent);
        return content;
    }

    private Map<String, Object> withoutHidden(Map<String, Object> content) {
        if (hidden.isEmpty()) {
            return content;
        }
        Map<String, Object> own = new LinkedHashMap<>(content);
        own.keySet().removeAll(hidden);
        return own;
    }

    private static List<String> elementsOf(Map<String, Object> content) {
        return content.keySet().stream()
                .filter(key -> !Interest.ALWAYS.contains(key))
                .toList();
    }
}
