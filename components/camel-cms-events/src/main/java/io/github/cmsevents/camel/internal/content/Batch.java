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
 * The updates of one message for one receiver.
 *
 * @param receivedAt  when the message was received, in milliseconds since 1970; 0 without a message
 * @param bytes       the size of the message's frame; 0 without a message
 * @param acknowledge run from any thread once the receiver has processed the updates; the server waits for it. Repeats do
 *                    nothing.
 */
public record Batch(List<Update> updates, long receivedAt, long bytes, Runnable acknowledge) {

    private static final Runnable NOTHING = () -> {};

    /** Updates that no server waits for. */
    public static Batch withoutAcknowledgement(List<Update> updates) {
        return new Batch(updates, 0, 0, NOTHING);
    }
}
