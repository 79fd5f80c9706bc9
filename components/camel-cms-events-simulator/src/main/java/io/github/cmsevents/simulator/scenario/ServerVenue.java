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
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One server. */
record ServerVenue(MeetingServerSimulator server) implements Venue {

    @Override
    public List<OneCall> calls() {
        return server.calls().stream().map(OneCall::new).toList();
    }

    @Override
    public Optional<OneCall> first() {
        return server.call(LivelyScenario.FIRST_CALL).map(OneCall::new);
    }

    @Override
    public OneCall start(CallOptions options) {
        return new OneCall(server.createCall(options));
    }

    @Override
    public void together(Runnable changes) {
        server.transaction(changes);
    }

    record OneCall(SimulatedCall call) implements Call {

        @Override
        public String name() {
            return call.name();
        }

        @Override
        public JsonNode get(String element) {
            return call.get(element);
        }

        @Override
        public void set(String element, Object value) {
            call.set(element, value);
        }

        @Override
        public List<OneParticipant> participants() {
            return call.participants().stream().map(OneParticipant::new).toList();
        }

        @Override
        public void join(ParticipantOptions options, Random random) {
            call.addParticipant(options);
        }

        @Override
        public void end() {
            call.end();
        }

        @Override
        public boolean canLoseAServer() {
            return false;
        }

        @Override
        public void loseAServer(String reason, Random random) {
            throw new IllegalStateException("A single server cannot stop taking part");
        }
    }

    record OneParticipant(SimulatedParticipant participant) implements Attendee {

        @Override
        public JsonNode get(String element) {
            return participant.get(element);
        }

        @Override
        public void set(String element, Object value) {
            participant.set(element, value);
        }

        @Override
        public void leave(String reason) {
            participant.leave(reason);
        }

        @Override
        public void leaveRemotely() {
            participant.leaveRemotely();
        }
    }
}
