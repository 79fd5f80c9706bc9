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

/** A client did not do what a step of a conversation waits for. The message names the file, the step and what was missing. */
public final class ConversationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConversationFailedException(String message) {
        super(message);
    }

    public ConversationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
