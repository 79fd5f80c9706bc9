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
package io.github.cmsevents.camel.internal.status;

/** Where a subscription is in its life. */
public enum SubscriptionPhase {
    /** No socket has room for it. */
    WAITING_FOR_ROOM("waiting for room"),
    /** In the list of its socket, or about to be; the server has said nothing of it. */
    REQUESTED("requested"),
    /** The server is setting it up. */
    PENDING("pending"),
    /** Active: what is there now comes, and not all of what was known before has come again. */
    SNAPSHOT("active"),
    /** Active: changes come. */
    LIVE("active"),
    /** Turned down by the server; out of the list until it is retried. */
    BACKING_OFF("deactivated"),
    ENDED("ended");

    private final String label;

    SubscriptionPhase(String label) {
        this.label = label;
    }

    /** In a word or two, the server's own where it has one. */
    public String label() {
        return label;
    }

    /** Whether the server sends content. */
    public boolean isActive() {
        return this == SNAPSHOT || this == LIVE;
    }
}
