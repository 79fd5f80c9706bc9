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

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.Map;

/**
 * One change of a record, both as the server sent it and as the difference to what was known. The maps must not be modified,
 * and {@code record} is valid only until the picture's next change.
 *
 * @param cause      whether the server sent it, or the component concluded it
 * @param sentType   the server's type; for a conclusion, {@link UpdateType#REMOVE}
 * @param sent       as the server sent it
 * @param newsType   its type for a route that knew the record; null when nothing is new to such a route
 * @param news       its keys for such a route; null with {@code newsType}
 * @param record     the whole record after the change; for a removal, as last known
 * @param knownSince the generation in which the record was known before, or {@link #NEVER}
 */
record Change(
        String key,
        Cause cause,
        UpdateType sentType,
        Map<String, Object> sent,
        UpdateType newsType,
        Map<String, Object> news,
        Map<String, Object> record,
        int knownSince) {

    /** The {@code knownSince} of a record that was not known before. */
    static final int NEVER = Integer.MAX_VALUE;

    enum Cause {
        /** The server sent it. */
        RECEIVED,
        /** The server did not send the record again after a gap. */
        GONE_IN_GAP,
        /** The call that the record belonged to has ended. */
        CALL_ENDED,
        /** The route no longer follows the call that the record belongs to. */
        NOT_FOLLOWED
    }

    boolean isSynthetic() {
        return cause != Cause.RECEIVED;
    }

    /** The same for every receiver, known before or not. */
    static Change received(
            String key, UpdateType type, Map<String, Object> sent, Map<String, Object> record, int since) {
        return new Change(key, Cause.RECEIVED, type, sent, type, sent, record, since);
    }
}
