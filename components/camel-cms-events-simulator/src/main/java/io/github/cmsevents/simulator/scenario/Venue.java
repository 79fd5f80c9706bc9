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
package io.github.cmsevents.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.ParticipantOptions;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The place of lively meetings: one server, or a cluster. */
interface Venue {

    List<? extends Call> calls();

    /** The call that never ends. */
    Optional<? extends Call> first();

    Call start(CallOptions options);

    /** Combines changes into one, where that is possible. */
    void together(Runnable changes);

    /** A meeting; equal to other views of the same meeting. */
    interface Call {

        String name();

        JsonNode get(String element);

        void set(String element, Object value);

        List<? extends Attendee> participants();

        void join(ParticipantOptions options, Random random);

        void end();

        /** Whether one of several servers can stop taking part. */
        boolean canLoseAServer();

        /** Lets one of several servers stop taking part. */
        void loseAServer(String reason, Random random);
    }

    /** A participant of a meeting. */
    interface Attendee {

        JsonNode get(String element);

        void set(String element, Object value);

        void leave(String reason);

        /** Leaves as if another server hosted this participant. */
        void leaveRemotely();
    }
}
