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

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which Call Bridge the subscription to a conference belongs on, of those that report it (protocol, section 7).
 *
 * <p>Where it works it stays: subscriptions don't move without need. Where it does not, the first of these is taken: of the
 * bridges whose word on the conference is fresh, which have not turned the subscription down and have room, the one with
 * the fewest subscriptions; the one where it is, to wait there; the one with the fewest subscriptions although it is full,
 * to wait there. Bridges that are alike are taken in the order in which they are configured.
 */
public final class BridgePlacement {

    /**
     * A bridge that reports the conference.
     *
     * @param server        as {@code host:port}
     * @param call          the GUID that the conference has there
     * @param current       whether the subscription is there now
     * @param working       whether it does its work there or is about to; of the current one only
     * @param fresh         whether the bridge is connected, and has reported the conference since it is
     * @param turnedDown    whether the bridge has refused or ended the subscription
     * @param room          whether the bridge takes another subscription
     * @param subscriptions how many it has
     */
    public record Candidate(
            String server,
            String call,
            boolean current,
            boolean working,
            boolean fresh,
            boolean turnedDown,
            boolean room,
            int subscriptions) {}

    private static final Comparator<Candidate> FEWEST_SUBSCRIPTIONS = Comparator.comparingInt(Candidate::subscriptions);

    private BridgePlacement() {}

    /**
     * @param candidates in the order in which they are configured
     * @return empty when there is nothing for it but to wait until a bridge reports the conference
     */
    public static Optional<Candidate> choose(List<Candidate> candidates) {
        Optional<Candidate> current =
                candidates.stream().filter(Candidate::current).findFirst();
        if (current.isPresent() && current.get().working()) {
            return current;
        }
        List<Candidate> others = candidates.stream()
                .filter(candidate -> !candidate.current() && candidate.fresh() && !candidate.turnedDown())
                .toList();
        return others.stream()
                .filter(Candidate::room)
                .min(FEWEST_SUBSCRIPTIONS)
                .or(() -> current)
                .or(() -> others.stream().min(FEWEST_SUBSCRIPTIONS));
    }
}
