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

import java.util.List;

/**
 * The updates for one receiver that arrived in one message.
 *
 * @param receivedAt  when the message arrived, in milliseconds since the epoch; 0 for updates that no message brought
 * @param bytes       size of the frame that brought the message; 0 for updates that no message brought
 * @param acknowledge lets the message be acknowledged as far as this receiver is concerned; may be run from any thread,
 *                    repeats do nothing
 */
public record Batch(List<Update> updates, long receivedAt, long bytes, Runnable acknowledge) {

    private static final Runnable NOTHING = () -> {};

    /** Updates that no message brought. */
    public static Batch withoutAcknowledgement(List<Update> updates) {
        return new Batch(updates, 0, 0, NOTHING);
    }
}
