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
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.scenario.Venue.Attendee;
import io.github.cmsevents.simulator.scenario.Venue.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Makes one random change at a time to the current meetings. The same seed makes the same changes. */
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
    private static final List<String> NAMES = List.of(
            "Ada", "Bo", "Chidi", "Dana", "Emre", "Fatima", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lena", "Mateo",
            "Nils", "Olga", "Priya", "Quentin", "Rosa", "Sven", "Tariq");
    /** In about the proportions of live bridges, where a participant who dialled in never leaves with a timeout. */
    private static final List<String> REASONS =
            List.of("remoteTeardown", "remoteTeardown", "remoteTeardown", "remoteTeardown", "callEnded");

    private static final List<String> REASONS_OF_FAILED_CALLS =
            List.of("timeout", "timeout", "timeout", "timeout", "noAnswer", "notFound");
    private static final List<String> LAYOUTS =
            List.of("allEqual", "speakerOnly", "telepresence", "stacked", "automatic", "onePlusFive", "onePlusN");

    /** One kind of change and its relative frequency. */
    private record Change(int weight, Predicate<Call> possible, Consumer<Call> make) {}

    private final Venue venue;
    private final Random random;
    private final List<Change> changes = List.of(
            new Change(42, this::canSpeak, this::nextSpeaker),
            new Change(16, LivelyMeetings::hasParticipants, call -> toggle(anyParticipant(call), "audioMuted")),
            new Change(6, LivelyMeetings::hasParticipants, call -> toggle(anyParticipant(call), "videoMuted")),
            new Change(6, LivelyMeetings::hasParticipants, call -> toggle(anyParticipant(call), "presenter")),
            new Change(
                    4,
                    LivelyMeetings::hasParticipants,
                    call -> swap(anyParticipant(call), "state", "connected", "onHold")),
            new Change(4, LivelyMeetings::hasParticipants, this::changeLayout),
            new Change(3, LivelyMeetings::hasParticipants, this::changeImportance),
            new Change(14, call -> size(call) < MOST_PARTICIPANTS, this::join),
            new Change(11, call -> size(call) > 1, this::leave),
            new Change(3, call -> true, call -> swap(call, "recording", "inactive", "active")),
            new Change(2, call -> true, call -> swap(call, "streaming", "inactive", "active")),
            new Change(2, call -> true, call -> swap(call, "lockState", "notLocked", "locked")),
            new Change(2, call -> callCount() < MOST_CALLS, call -> startAnother()),
            new Change(2, call -> callCount() > FEWEST_CALLS && !isFirst(call), Call::end),
            new Change(4, Call::canLoseAServer, this::loseAServer));

    LivelyMeetings(Venue venue, long seed) {
        this.venue = venue;
        this.random = new Random(seed);
    }

    private int callCount() {
        return venue.calls().size();
    }

    private boolean isFirst(Call call) {
        return venue.first().filter(call::equals).isPresent();
    }

    /** Starts the missing meetings, the first call first. */
    void open() {
        if (venue.first().isEmpty()) {
            populate(venue.start(CallOptions.named(LivelyScenario.FIRST_CALL_NAME)
                    .guid(LivelyScenario.FIRST_CALL)
                    .correlator(correlatorOf(LivelyScenario.FIRST_CALL_NAME))));
        }
        while (callCount() < FEWEST_CALLS) {
            populate(startAnother());
        }
    }

    /** Makes one change, which may need several rows. */
    void change() {
        if (callCount() < FEWEST_CALLS || venue.first().isEmpty()) {
            // Other code has ended calls.
            venue.together(this::open);
            return;
        }
        Call call = any(venue.calls());
        for (Attendee participant : call.participants()) {
            if (isDialled(participant)) {
                proceed(call, participant);
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

    private Call startAnother() {
        boolean adHoc = random.nextInt(4) == 0;
        String name = adHoc ? any(NAMES) + "'s ad hoc meeting" : freeRoom();
        return venue.start(CallOptions.named(name)
                .guid(guid())
                .callType(adHoc ? "adHoc" : "coSpace")
                .correlator(adHoc ? guid() : correlatorOf(name)));
    }

    private String freeRoom() {
        List<String> taken = venue.calls().stream().map(Call::name).toList();
        List<String> free = ROOMS.stream().filter(room -> !taken.contains(room)).toList();
        return any(free);
    }

    /** The same for every call of one coSpace (guide, section 2.1). */
    static String correlatorOf(String coSpace) {
        return UUID.nameUUIDFromBytes(coSpace.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void populate(Call call) {
        for (int i = 0; i < FIRST_PARTICIPANTS; i++) {
            join(call);
        }
    }

    private void join(Call call) {
        String name = any(NAMES);
        boolean dialledOut = random.nextInt(5) == 0;
        // Live bridges know no name of some who dial in.
        boolean nameless = !dialledOut && random.nextInt(8) == 0;
        call.join(
                ParticipantOptions.named(nameless ? "" : name)
                        .guid(guid())
                        .uri(uri(name))
                        .set("direction", dialledOut ? "outgoing" : "incoming")
                        .set("state", dialledOut ? "initial" : "connected")
                        .set("canMove", !dialledOut),
                random);
    }

    private static boolean isDialled(Attendee participant) {
        String state = participant.get("state").asText();
        return state.equals("initial") || state.equals("ringing");
    }

    private void proceed(Call call, Attendee dialled) {
        if (dialled.get("state").asText().equals("initial") && random.nextInt(3) == 0) {
            dialled.set("state", "ringing");
        } else if (size(call) > 1 && random.nextInt(4) == 0) {
            // A conference ends with its last participant, and the first one must not.
            dialled.leave(any(REASONS_OF_FAILED_CALLS));
        } else {
            dialled.set("state", "connected");
        }
    }

    /** A whole address, a number, or nothing: all are seen in the field. */
    private String uri(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.toString(2_000 + random.nextInt(8_000));
            case 1 -> "";
            default -> name.toLowerCase(Locale.ROOT) + "@example.com";
        };
    }

    private void leave(Call call) {
        Attendee leaver = anyParticipant(call);
        if (random.nextInt(5) == 0) {
            leaver.leaveRemotely();
        } else {
            leaver.leave(any(REASONS));
        }
    }

    private void loseAServer(Call call) {
        call.loseAServer(any(REASONS), random);
    }

    private boolean canSpeak(Call call) {
        return call.participants().stream().anyMatch(LivelyMeetings::isSilent);
    }

    private void nextSpeaker(Call call) {
        any(call.participants().stream().filter(LivelyMeetings::isSilent).toList())
                .set("activeSpeaker", true);
    }

    private static boolean isSilent(Attendee participant) {
        return !participant.get("activeSpeaker").asBoolean();
    }

    private void changeImportance(Call call) {
        Attendee participant = anyParticipant(call);
        participant.set("importance", participant.get("importance").isNull() ? 1 + random.nextInt(9) : null);
    }

    private void changeLayout(Call call) {
        Attendee participant = anyParticipant(call);
        String layout = participant.get("layout").asText();
        participant.set(
                "layout",
                any(LAYOUTS.stream().filter(other -> !other.equals(layout)).toList()));
    }

    private static void toggle(Attendee participant, String element) {
        participant.set(element, !participant.get(element).asBoolean());
    }

    private static void swap(Attendee participant, String element, String one, String other) {
        participant.set(element, participant.get(element).asText().equals(one) ? other : one);
    }

    private static void swap(Call call, String element, String one, String other) {
        call.set(element, call.get(element).asText().equals(one) ? other : one);
    }

    private static boolean hasParticipants(Call call) {
        return size(call) > 0;
    }

    private static int size(Call call) {
        return call.participants().size();
    }

    private Attendee anyParticipant(Call call) {
        return any(call.participants());
    }

    private <T> T any(List<T> choices) {
        if (choices.isEmpty()) {
            throw new IllegalStateException("No choice is left");
        }
        return choices.get(random.nextInt(choices.size()));
    }

    /** A GUID from this scenario's seed. */
    private String guid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }
}
