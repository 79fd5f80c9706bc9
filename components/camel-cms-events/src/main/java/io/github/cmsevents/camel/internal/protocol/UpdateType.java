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
package io.github.cmsevents.camel.internal.protocol;

/** How an update changes a call or participant (events guide, section 5, steps 7 and 8). */
public enum UpdateType {
    /** New to this subscription; carries every subscribed element that is set. */
    ADD("add"),
    /** Known already; carries only the elements that changed. */
    UPDATE("update"),
    /** Ended or left. */
    REMOVE("remove");

    private final String wireName;

    UpdateType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static UpdateType ofWireName(Object name) {
        for (UpdateType type : values()) {
            if (type.wireName.equals(name)) {
                return type;
            }
        }
        return null;
    }
}
