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

/** Where lively meetings take place: on one server, or distributed over a cluster. */
interface Venue {

    List<? extends Call> calls();

    /** The call that never ends. */
    Optional<? extends Call> first();

    Call start(CallOptions options);

    /** Makes changes that are to be seen as one, where that can be. */
    void together(Runnable changes);

    /** A meeting. Equal when it is the same. */
    interface Call {

        String name();

        JsonNode get(String element);

        void set(String element, Object value);

        List<? extends Person> participants();

        void join(ParticipantOptions options, Random random);

        void end();

        /** Whether one of several servers could stop taking part. */
        boolean canLoseAServer();

        /** Lets one of several servers stop taking part. */
        void loseAServer(String reason, Random random);
    }

    /** Somebody in a meeting. */
    interface Person {

        JsonNode get(String element);

        void set(String element, Object value);

        void leave(String reason);

        /** Leaves as if another server hosted this participant. */
        void leaveRemotely();
    }
}
