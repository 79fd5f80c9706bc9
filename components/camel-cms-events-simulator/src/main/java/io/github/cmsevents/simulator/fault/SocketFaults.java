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
package io.github.cmsevents.simulator.fault;

import io.github.cmsevents.simulator.Fault;
import java.util.List;

/** The faults of one socket. */
public final class SocketFaults {

    private final FaultPlan plan;
    private final int socket;

    public SocketFaults(FaultPlan plan, int socket) {
        this.plan = plan;
        this.socket = socket;
    }

    /** The fault of this kind that happens now; null for none. */
    public <F extends Fault> F take(Class<F> kind) {
        return plan.take(kind, socket);
    }

    /** The faults that happen after a message was sent. */
    public List<Fault.AfterMessage> messageSent() {
        return plan.messageSent(socket);
    }
}
