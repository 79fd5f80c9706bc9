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
package io.github.cmsevents.simulator.conversation;

/** What a conversation's steps {@code logSays} and {@code orHealth} ask of the client; a test harness supplies it. */
public interface ClientState {

    /**
     * Whether the client has logged this text.
     *
     * @param level the level that the line has to have; null for any
     */
    boolean logSays(String text, String level);

    /** Whether a readiness check of the client is in this state, for example {@code DOWN}. */
    boolean isHealth(String state);
}
