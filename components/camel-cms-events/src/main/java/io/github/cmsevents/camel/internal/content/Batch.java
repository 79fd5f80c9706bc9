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
 * The updates for one receiver that came in one message.
 *
 * @param streamed whether the server has many more messages out, so that it does not wait for this one
 * @param settled to be run, from any thread, when the receiver has taken charge of all of them; running it again does
 *                nothing. The server waits for it.
 */
public record Batch(List<Update> updates, boolean streamed, Runnable settled) {

    private static final Runnable NOTHING = () -> {};

    /** Updates that no message of a server brought. */
    public static Batch awaitedByNobody(List<Update> updates) {
        return new Batch(updates, false, NOTHING);
    }
}
