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
package io.github.cmsevents.simulator.cluster;

/** A change on its way to an instance. */
public final class Delivery {

    private final Instance to;
    private final InstanceChange change;
    private final boolean late;
    private boolean arrived;

    Delivery(Instance to, InstanceChange change, boolean late) {
        this.to = to;
        this.change = change;
        this.late = late;
    }

    /** The number of the receiving bridge. */
    public int bridge() {
        return to.bridge();
    }

    /** Whether it comes from another bridge and is delayed. */
    public boolean isLate() {
        return late;
    }

    InstanceChange change() {
        return change;
    }

    boolean hasArrived() {
        return arrived;
    }

    void markArrived() {
        arrived = true;
    }

    /** Applies this delivery, after all earlier ones to the same instance. To be called on the bridge's thread. */
    public void arrive() {
        to.takeThrough(this);
    }
}
