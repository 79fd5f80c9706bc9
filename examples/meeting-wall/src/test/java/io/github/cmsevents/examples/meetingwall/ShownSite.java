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

import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.ParticipantOptions;
import java.util.List;
import java.util.Locale;

/** Meetings as in the pictures of the README: every sign that the page has is on one of them. */
final class ShownSite implements AutoCloseable {

    static final String COUNTS = "14 meetings";

    private static final List<String> NAMES = List.of(
            "Ada Lovelace",
            "Bo Nilsson",
            "Chidi Okafor",
            "Dana Levi",
            "Emre Kaya",
            "Fatima Haddad",
            "Goran Petrov",
            "Hana Sato",
            "Ines Duarte",
            "Jun Park",
            "Kofi Mensah",
            "Lena Vogt",
            "Mateo Cruz",
            "Nils Berg",
            "Olga Ivanova",
            "Priya Nair",
            "Quentin Roux",
            "Rosa Lind",
            "Sven Dahl",
            "Tariq Aziz");

    private final MeetingServerCluster cluster = MeetingServerCluster.builder()
            .bridges(3)
            .server(server -> server.credentials("admin", "admin"))
            .build()
            .start();

    private int joined;

    ShownSite() {
        crowd(meeting("Board meeting", "recording", "lockState"), 9);
        crowd(meeting("All hands", "streaming", "recording"), 64);
        crowd(meeting("Design review"), 5);
        crowd(meeting("Town planning", "lockState"), 4);
        crowd(meeting("Support desk"), 3);
        crowd(meeting("Sales weekly"), 12);
        crowd(meeting("Interview", "recording"), 3);
        crowd(meeting("Architecture"), 7);
        crowd(meeting("Night shift handover"), 2);
        crowd(meeting("Press conference", "streaming"), 31);
        crowd(meeting("Onboarding"), 6);
        crowd(meeting("Purchasing"), 4);
        crowd(meeting("Release planning"), 8);
        crowd(meeting("Works council", "lockState"), 5);
    }

    String servers() {
        return cluster.urls();
    }

    private DistributedCall meeting(String name, String... on) {
        CallOptions options = CallOptions.named(name);
        for (String element : on) {
            options = options.set(element, element.equals("lockState") ? "locked" : "active");
        }
        return cluster.createCall(options);
    }

    private void crowd(DistributedCall call, int size) {
        boolean locked = call.get("lockState").asText().equals("locked");
        int first = joined;
        for (int i = 0; i < size; i++) {
            int number = joined++;
            String name = NAMES.get(number % NAMES.size());
            call.addParticipant(
                    (first + i % 2) % cluster.size(),
                    ParticipantOptions.named(name)
                            .uri(name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.com")
                            .set("activeSpeaker", i == 1)
                            .set("presenter", i == 2 && size > 4)
                            .set("audioMuted", i > 1 && number % 3 != 0)
                            .set("videoMuted", number % 5 == 0)
                            .set(
                                    "state",
                                    locked && i == size - 1 ? "initial" : number % 17 == 3 ? "onHold" : "connected"));
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
