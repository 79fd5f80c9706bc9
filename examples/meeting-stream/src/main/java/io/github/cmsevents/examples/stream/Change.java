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
package io.github.cmsevents.examples.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A change of the current state: one event, and the new record in a state topic.
 *
 * @param type        {@code add}, {@code update} or {@code remove}
 * @param conference  the key of the conference
 * @param participant the GUID of the participant; null for a conference
 * @param time        when it was received or concluded, in milliseconds since 1970
 * @param reason      why a participant left or a call ended; null where not known
 * @param synthetic   whether it was concluded rather than received from a server
 * @param changed     the names of the elements that changed
 * @param record      the elements as last known
 */
record Change(
        Subject subject,
        String type,
        String conference,
        String participant,
        long time,
        String reason,
        boolean synthetic,
        List<String> changed,
        ObjectNode record) {

    static final String ADD = "add";
    static final String UPDATE = "update";
    static final String REMOVE = "remove";

    boolean isRemoval() {
        return type.equals(REMOVE);
    }
}
