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
package io.github.cmsevents.simulator.protocol;

/** The states of a subscription (guide, section 1.1). */
public enum SubscriptionState {
    /** Being set up; no updates yet. */
    PENDING("pending"),
    /** Set up; updates flow. */
    ACTIVE("active"),
    /** The call's GUID does not resolve, the call ended, or the client dropped the subscription. */
    DEACTIVATED("deactivated");

    private final String wireName;

    SubscriptionState(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
