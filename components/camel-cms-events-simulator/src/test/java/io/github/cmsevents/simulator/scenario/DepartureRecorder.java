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

/** A place that records who leaves, and why. */
record DepartureRecorder(Venue venue, List<Departure> departures) implements Venue {

    /** A participant's values when it left; no reason for one of another server. */
    record Departure(String reason, String state, String direction) {}

    @Override
    public List<? extends Call> calls() {
        return venue.calls().stream().map(this::recorded).toList();
    }

    @Override
    public Optional<? extends Call> first() {
        return venue.first().map(this::recorded);
    }

    @Override
    public Call start(CallOptions options) {
        return recorded(venue.start(options));
    }

    @Override
    public void together(Runnable changes) {
        venue.together(changes);
    }

    private Call recorded(Call call) {
        return new RecordedCall(call, departures);
    }

    private record RecordedCall(Call call, List<Departure> departures) implements Call {

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
        public List<? extends Attendee> participants() {
            return call.participants().stream()
                    .map(participant -> new RecordedAttendee(participant, departures))
                    .toList();
        }

        @Override
        public void join(ParticipantOptions options, Random random) {
            call.join(options, random);
        }

        @Override
        public void end() {
            call.end();
        }

        @Override
        public boolean canLoseAServer() {
            return call.canLoseAServer();
        }

        @Override
        public void loseAServer(String reason, Random random) {
            call.loseAServer(reason, random);
        }
    }

    private record RecordedAttendee(Attendee attendee, List<Departure> departures) implements Attendee {

        @Override
        public JsonNode get(String element) {
            return attendee.get(element);
        }

        @Override
        public void set(String element, Object value) {
            attendee.set(element, value);
        }

        @Override
        public void leave(String reason) {
            record(reason);
            attendee.leave(reason);
        }

        @Override
        public void leaveRemotely() {
            record(null);
            attendee.leaveRemotely();
        }

        private void record(String reason) {
            departures.add(new Departure(
                    reason, get("state").asText(), get("direction").asText()));
        }
    }
}
