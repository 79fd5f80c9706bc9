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

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.fault.SocketFaults;
import java.util.ArrayList;
import java.util.List;

/** Decides what faults make of a message whose turn it is. */
final class UpdateFaults {

    private final SocketFaults faults;

    UpdateFaults(SocketFaults faults) {
        this.faults = faults;
    }

    /** What is to be sent instead of a message; when all is well, just that. */
    List<ServerMessage> insteadOf(ServerMessage message) {
        if (!message.isUpdate()) {
            return List.of(message);
        }
        List<ServerMessage> instead = new ArrayList<>();
        instead.add(message);
        if (faults.take(Fault.DuplicateUpdate.class) != null) {
            instead.add(message);
        }
        return instead;
    }
}
