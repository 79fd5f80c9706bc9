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
package io.github.cmsevents.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The options of a new call. Defaults: an ordinary coSpace. Immutable. */
public final class CallOptions {

    private final String guid;
    private final Map<String, Object> values;

    private CallOptions(String guid, Map<String, Object> values) {
        this.guid = guid;
        this.values = values;
    }

    /** A coSpace of this name, with random GUIDs, that is neither recorded nor streamed nor locked. */
    public static CallOptions named(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", Objects.requireNonNull(name, "name"));
        values.put("distributedInstances", 0);
        values.put("recording", "inactive");
        values.put("endpointRecording", "inactive");
        values.put("streaming", "inactive");
        values.put("lockState", "notLocked");
        values.put("callType", "coSpace");
        values.put("callCorrelator", UUID.randomUUID().toString());
        values.put("joinAudioMuteOverride", null);
        return new CallOptions(UUID.randomUUID().toString(), values);
    }

    /** The call's GUID. */
    public CallOptions guid(String guid) {
        return new CallOptions(Objects.requireNonNull(guid, "guid"), values);
    }

    /** {@code coSpace}, {@code adHoc}, {@code lyncConferencing} or {@code forwarding}. */
    public CallOptions callType(String callType) {
        return set("callType", callType);
    }

    /** The {@code callCorrelator}: the same for all instances of a conference, and for all calls of a coSpace over time. */
    public CallOptions correlator(String callCorrelator) {
        return set("callCorrelator", callCorrelator);
    }

    /** The initial value of an element. */
    public CallOptions set(String element, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(element, value);
        return new CallOptions(guid, more);
    }

    String guid() {
        return guid;
    }

    Map<String, Object> values() {
        return values;
    }
}
