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
package io.github.cmsevents.examples.meetingwall;

import java.util.List;

/**
 * A meeting as its Call Bridges report it now.
 *
 * @param id                the stable key of the conference
 * @param participants      how many people the servers count; the roster can have devices too, such as a recorder
 * @param recording         the server records
 * @param endpointRecording a participant records
 * @param type              {@code callType} as the server sends it
 * @param bridges           the Call Bridges that take part, as {@code host:port}
 * @param since             when it was first seen, in milliseconds since 1970
 * @param startSeen         whether {@code since} is its start; otherwise it was running already when it was first seen
 */
public record Meeting(
        String id,
        String name,
        int participants,
        boolean recording,
        boolean endpointRecording,
        boolean streaming,
        boolean locked,
        String type,
        List<String> bridges,
        long since,
        boolean startSeen) {}
