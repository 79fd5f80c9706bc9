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
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.ParticipantOptions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A cluster: participants join at any bridge that is alive. */
record ClusterVenue(MeetingServerCluster cluster) implements Venue {

    @Override
    public List<OneCall> calls() {
        return cluster.calls().stream().map(call -> new OneCall(cluster, call)).toList();
    }

    @Override
    public Optional<OneCall> first() {
        return cluster.call(LivelyClusterScenario.FIRST_CORRELATOR).map(call -> new OneCall(cluster, call));
    }

    @Override
    public OneCall start(CallOptions options) {
        return new OneCall(cluster, cluster.createCall(options));
    }

    /** Not combined: bridges do not wait for one another. */
    @Override
    public void together(Runnable changes) {
        changes.run();
    }

    record OneCall(MeetingServerCluster cluster, DistributedCall call) implements Call {

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
            List<Integer> alive = IntStream.range(0, cluster.size())
                    .filter(cluster::isAlive)
                    .boxed()
                    .toList();
            if (!alive.isEmpty()) {
                call.addParticipant(alive.get(random.nextInt(alive.size())), options);
            }
        }

        @Override
        public void end() {
            call.end();
        }

        private List<Integer> hosts() {
            return call.participants().stream()
                    .map(DistributedParticipant::bridge)
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        public boolean canLoseAServer() {
            return hosts().size() > 1;
        }

        @Override
        public void loseAServer(String reason, Random random) {
            List<Integer> hosts = hosts();
            if (hosts.size() > 1) {
                call.leave(hosts.get(random.nextInt(hosts.size())), reason);
            }
        }
    }

    record OneParticipant(DistributedParticipant participant) implements Attendee {

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

        /** All bridges but one report it without a reason anyway. */
        @Override
        public void leaveRemotely() {
            participant.leave("remoteTeardown");
        }
    }
}
