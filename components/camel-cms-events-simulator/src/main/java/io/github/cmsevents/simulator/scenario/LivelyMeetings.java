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

import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Makes one random change at a time to whatever meetings there are. The seed alone decides which. */
final class LivelyMeetings {

    private static final int FEWEST_CALLS = 4;
    private static final int MOST_CALLS = 7;
    private static final int MOST_PARTICIPANTS = 12;
    private static final int FIRST_PARTICIPANTS = 3;

    private static final List<String> ROOMS = List.of(
            "Board meeting",
            "Design review",
            "Support desk",
            "Sales weekly",
            "All hands",
            "Interview",
            "Town planning");
    private static final List<String> PEOPLE = List.of(
            "Ada", "Bo", "Chidi", "Dana", "Emre", "Fatima", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lena", "Mateo",
            "Nils", "Olga", "Priya", "Quentin", "Rosa", "Sven", "Tariq");
    private static final List<String> REASONS = List.of("clientInitiated", "clientInitiated", "remoteTeardown");
    private static final List<String> LAYOUTS =
            List.of("allEqual", "speakerOnly", "telepresence", "stacked", "automatic", "onePlusFive", "onePlusN");

    /** One kind of change and how often it is to be, in relation to the others. */
    private record Change(int weight, Predicate<SimulatedCall> possible, Consumer<SimulatedCall> make) {}

    private final MeetingServerSimulator server;
    private final Random random;
    private final List<Change> changes = List.of(
            new Change(30, this::canSpeak, this::nextSpeaker),
            new Change(16, LivelyMeetings::isPeopled, call -> toggle(anybody(call), "audioMuted")),
            new Change(6, LivelyMeetings::isPeopled, call -> toggle(anybody(call), "videoMuted")),
            new Change(6, LivelyMeetings::isPeopled, call -> toggle(anybody(call), "presenter")),
            new Change(4, LivelyMeetings::isPeopled, call -> swap(anybody(call), "state", "connected", "onHold")),
            new Change(4, LivelyMeetings::isPeopled, this::changeLayout),
            new Change(3, LivelyMeetings::isPeopled, this::changeImportance),
            new Change(14, call -> size(call) < MOST_PARTICIPANTS, this::join),
            new Change(11, call -> size(call) > 1, this::leave),
            new Change(3, call -> true, call -> swap(call, "recording", "inactive", "active")),
            new Change(2, call -> true, call -> swap(call, "streaming", "inactive", "active")),
            new Change(2, call -> true, call -> swap(call, "lockState", "notLocked", "locked")),
            new Change(2, call -> server().calls().size() < MOST_CALLS, call -> startAnother()),
            new Change(
                    2,
                    call -> server().calls().size() > FEWEST_CALLS && !call.id().equals(LivelyScenario.FIRST_CALL),
                    SimulatedCall::end));

    LivelyMeetings(MeetingServerSimulator server, long seed) {
        this.server = server;
        this.random = new Random(seed);
    }

    private MeetingServerSimulator server() {
        return server;
    }

    /** Starts what meetings are missing, the first call first. */
    void open() {
        if (server.call(LivelyScenario.FIRST_CALL).isEmpty()) {
            populate(server.createCall(CallOptions.named(LivelyScenario.FIRST_CALL_NAME)
                    .guid(LivelyScenario.FIRST_CALL)
                    .correlator(correlatorOf(LivelyScenario.FIRST_CALL_NAME))));
        }
        while (server.calls().size() < FEWEST_CALLS) {
            populate(startAnother());
        }
    }

    /** Makes one change, however many rows it takes to tell it. */
    void change() {
        if (server.calls().size() < FEWEST_CALLS
                || server.call(LivelyScenario.FIRST_CALL).isEmpty()) {
            // Somebody else has ended calls.
            server.transaction(this::open);
            return;
        }
        SimulatedCall call = any(server.calls());
        for (SimulatedParticipant participant : call.participants()) {
            if (participant.get("state").asText().equals("ringing")) {
                participant.set("state", "connected");
                return;
            }
        }
        List<Change> possible =
                changes.stream().filter(change -> change.possible().test(call)).toList();
        int pick = random.nextInt(possible.stream().mapToInt(Change::weight).sum());
        for (Change change : possible) {
            pick -= change.weight();
            if (pick < 0) {
                change.make().accept(call);
                return;
            }
        }
    }

    private SimulatedCall startAnother() {
        boolean adHoc = random.nextInt(4) == 0;
        String name = adHoc ? any(PEOPLE) + "'s ad hoc meeting" : freeRoom();
        return server.createCall(CallOptions.named(name)
                .guid(guid())
                .callType(adHoc ? "adHoc" : "coSpace")
                .correlator(adHoc ? guid() : correlatorOf(name)));
    }

    private String freeRoom() {
        List<String> taken = server.calls().stream().map(SimulatedCall::name).toList();
        List<String> free = ROOMS.stream().filter(room -> !taken.contains(room)).toList();
        return any(free);
    }

    /** The same for every call of one coSpace (guide, section 2.1). */
    private static String correlatorOf(String coSpace) {
        return UUID.nameUUIDFromBytes(coSpace.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void populate(SimulatedCall call) {
        for (int i = 0; i < FIRST_PARTICIPANTS; i++) {
            join(call);
        }
    }

    private void join(SimulatedCall call) {
        String name = any(PEOPLE);
        boolean dialledOut = random.nextInt(5) == 0;
        call.addParticipant(ParticipantOptions.named(name)
                .guid(guid())
                .uri(name.toLowerCase(java.util.Locale.ROOT) + "@example.com")
                .set("direction", dialledOut ? "outgoing" : "incoming")
                .set("state", dialledOut ? "ringing" : "connected"));
    }

    private void leave(SimulatedCall call) {
        SimulatedParticipant leaver = anybody(call);
        if (random.nextInt(5) == 0) {
            leaver.leaveRemotely();
        } else {
            leaver.leave(any(REASONS));
        }
    }

    private boolean canSpeak(SimulatedCall call) {
        return call.participants().stream().anyMatch(LivelyMeetings::isSilent);
    }

    private void nextSpeaker(SimulatedCall call) {
        call.activeSpeaker(any(
                call.participants().stream().filter(LivelyMeetings::isSilent).toList()));
    }

    private static boolean isSilent(SimulatedParticipant participant) {
        return !participant.get("activeSpeaker").asBoolean();
    }

    private void changeImportance(SimulatedCall call) {
        SimulatedParticipant participant = anybody(call);
        participant.set("importance", participant.get("importance").isNull() ? 1 + random.nextInt(9) : null);
    }

    private void changeLayout(SimulatedCall call) {
        SimulatedParticipant participant = anybody(call);
        String layout = participant.get("layout").asText();
        participant.set(
                "layout",
                any(LAYOUTS.stream().filter(other -> !other.equals(layout)).toList()));
    }

    private static void toggle(SimulatedParticipant participant, String element) {
        participant.set(element, !participant.get(element).asBoolean());
    }

    private static void swap(SimulatedParticipant participant, String element, String one, String other) {
        participant.set(element, participant.get(element).asText().equals(one) ? other : one);
    }

    private static void swap(SimulatedCall call, String element, String one, String other) {
        call.set(Map.of(element, call.get(element).asText().equals(one) ? other : one));
    }

    private static boolean isPeopled(SimulatedCall call) {
        return size(call) > 0;
    }

    private static int size(SimulatedCall call) {
        return call.participants().size();
    }

    private SimulatedParticipant anybody(SimulatedCall call) {
        return any(call.participants());
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Random, but of this scenario's randomness. */
    private String guid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }
}
