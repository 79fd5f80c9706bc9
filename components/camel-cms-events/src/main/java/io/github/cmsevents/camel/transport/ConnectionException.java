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
package io.github.cmsevents.camel.transport;

/** A connection to a Meeting Server could not be made, or was lost. The message says what to do, and holds no secret. */
public class ConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    // Without a stack trace: it would show the event loop, never the route at fault, and fill the log at each outage.
    public ConnectionException(FailureKind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
