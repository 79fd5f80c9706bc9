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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one receiver sees a change: only its own elements, only what is news to it.
 *
 * @param hidden   the elements that only others asked for
 * @param toldFrom the first generation of content that this receiver was told of; what was known before is new to it
 */
record Viewpoint(Resource resource, Interest interest, Set<String> hidden, int toldFrom) {

    private static final String UPDATE_TYPE = "updateType";
    private static final String REASON = "reason";

    /** A change as one receiver is told of it; {@code changedElements} is null unless the body is the whole record. */
    record View(UpdateType type, Map<String, Object> body, List<String> changedElements) {}

    /** The same, told from another generation on. */
    Viewpoint from(int generation) {
        return new Viewpoint(resource, interest, hidden, generation);
    }

    /** The same, next to others who asked for these elements in all. */
    Viewpoint among(Set<String> union) {
        return new Viewpoint(resource, interest, interest.hidden(union), toldFrom);
    }

    /** Empty when the change is nothing to this receiver. */
    Optional<View> of(Change change) {
        return of(change, false);
    }

    /** @param forGood whether the receiver can have the change's own maps, other than the record */
    Optional<View> of(Change change, boolean forGood) {
        if (!interest.reconcile() && change.cause() != Cause.GONE_IN_GAP) {
            return view(change.sentType(), change.sent(), change, forGood);
        }
        if (!interest.reconcile()) {
            return Optional.empty();
        }
        boolean untold = change.toldSince() < toldFrom;
        if (!untold) {
            return change.newsType() == null
                    ? Optional.empty()
                    : view(change.newsType(), change.news(), change, forGood);
        }
        return change.sentType() == UpdateType.REMOVE
                ? Optional.empty()
                : view(UpdateType.ADD, withType(UpdateType.ADD, change.record()), change, false);
    }

    private Optional<View> view(UpdateType type, Map<String, Object> content, Change change, boolean forGood) {
        Map<String, Object> own = withoutHidden(content);
        if (type == UpdateType.UPDATE
                && own.size() < content.size()
                && elementsOf(own).isEmpty()) {
            return Optional.empty();
        }
        if (!interest.merge()) {
            return Optional.of(new View(type, forGood && OwnCopy.isFlat(own) ? own : OwnCopy.of(own), null));
        }
        Map<String, Object> body = OwnCopy.of(withType(type, withoutHidden(change.record())));
        if (content.containsKey(REASON)) {
            body.put(REASON, content.get(REASON));
        }
        return Optional.of(new View(type, body, type == UpdateType.REMOVE ? List.of() : elementsOf(own)));
    }

    private Map<String, Object> withType(UpdateType type, Map<String, Object> record) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(resource.keyName(), record.get(resource.keyName()));
        content.put(UPDATE_TYPE, type.wireName());
        content.putAll(record);
        return content;
    }

    private Map<String, Object> withoutHidden(Map<String, Object> content) {
        if (hidden.isEmpty() || content.keySet().stream().noneMatch(hidden::contains)) {
            return content;
        }
        Map<String, Object> own = new LinkedHashMap<>(content);
        own.keySet().removeAll(hidden);
        return own;
    }

    private List<String> elementsOf(Map<String, Object> content) {
        List<String> elements = new ArrayList<>(content.size());
        for (String key : content.keySet()) {
            if (!key.equals(resource.keyName()) && !key.equals(UPDATE_TYPE) && !key.equals(REASON)) {
                elements.add(key);
            }
        }
        return List.copyOf(elements);
    }
}
