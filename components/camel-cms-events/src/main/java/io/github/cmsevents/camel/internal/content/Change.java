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
 * One change of a call or participant, seen both ways: as the server sent it, and as news for somebody who knew the
 * record before. The record is only valid until the picture's next change, and not to be modified; the other maps are nobody
 * else's, so whoever reads them last may keep them.
 *
 * @param cause     whether the server sent this, or we concluded it
 * @param sentType  what the server called it; for a conclusion, {@link UpdateType#REMOVE}
 * @param sent      as the server sent it
 * @param newsType  what it means to somebody who knew the record; null when it is no news to them
 * @param news      the keys to tell them; null with {@code newsType}
 * @param record    the whole record after the change; for a removal, as it was last known
 * @param toldSince the generation of content in which the record was known before, or {@link #NEVER}
 */
public record Change(
        String key,
        Cause cause,
        UpdateType sentType,
        Map<String, Object> sent,
        UpdateType newsType,
        Map<String, Object> news,
        Map<String, Object> record,
        int toldSince) {

    /** The {@code toldSince} of a record that was not known before. */
    public static final int NEVER = Integer.MAX_VALUE;

    public enum Cause {
        /** The server sent it. */
        RECEIVED,
        /** It was not sent again after a gap. */
        GONE_IN_GAP,
        /** The call that it belonged to has ended. */
        CALL_ENDED,
        /** The call that it belongs to is not followed any more. */
        NOT_FOLLOWED
    }
}
