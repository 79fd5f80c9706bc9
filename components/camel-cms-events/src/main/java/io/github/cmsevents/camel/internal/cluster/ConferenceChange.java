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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.Map;

/**
 * One change of a conference's record. The maps are snapshots that can't be modified; the values in them are those that
 * were reported, not copies.
 *
 * @param call       the GUID that the record is known by, {@code call} in the record
 * @param correlator what ties the conference's calls together; null when there is none
 * @param name       the conference's name, whether it was asked for or not; null when no server has reported one
 * @param changed    for an add all elements, for an update those that are not as they were, for a removal none. An update
 *                   without any says that the list of servers has changed. {@code call} is not among them
 * @param record     {@code call} and all elements after the change; for a removal, as they were last known
 * @param servers    the servers that report the conference now, in the order in which they are configured; for a removal,
 *                   those that reported it last
 */
public record ConferenceChange(
        UpdateType type,
        String call,
        String correlator,
        String name,
        Map<String, Object> changed,
        Map<String, Object> record,
        List<String> servers) {}
