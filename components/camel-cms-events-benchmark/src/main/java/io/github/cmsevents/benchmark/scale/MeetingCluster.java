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
package io.github.cmsevents.benchmark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All servers, with all calls and everybody in them. Lives on the servers' event loop. */
final class MeetingCluster {

    private final Consumer<Runnable> later;
    private final Ledger ledger = new Ledger();
    private final List<Bridge> bridges = new ArrayList<>();
    private final List<Meeting> meetings = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();
    private int lastMeeting;
    private int lastParticipant;
    private int meetingsToCome;

    /** @param later does something when there has been a pause as between two meetings */
    MeetingCluster(Consumer<Runnable> later) {
        this.later = later;
    }

    /** Adds a server with these many participants in its calls. */
    Bridge add(int calls, int people) {
        Bridge bridge = new Bridge(ledger);
        bridges.add(bridge);
        for (int size : MeetingSizes.of(people, calls)) {
            start(bridge, size);
        }
        return bridge;
    }

    Ledger ledger() {
        return ledger;
    }

    int participants() {
        return participants.size();
    }

    int meetings() {
        return meetings.size();
    }

    /** So many of them, from all over the cluster; all if there are not as many. */
    List<Participant> some(int count) {
        int some = Math.min(count, participants.size());
        return IntStream.range(0, some)
                .mapToObj(i -> participants.get((int) ((long) i * participants.size() / some)))
                .toList();
    }

    Participant anybody(Random random) {
        return participants.get(random.nextInt(participants.size()));
    }

    Meeting anyMeeting(Random random) {
        return meetings.get(random.nextInt(meetings.size()));
    }

    /** Somebody leaves, and somebody else comes. A meeting does not run out of people by that. */
    void swap(Participant participant) {
        Meeting meeting = participant.meeting();
        join(meeting);
        meeting.left(participant);
        remove(participant);
    }

    /** A meeting ends, and after a while another one with as many people begins on that server. */
    void replace(Meeting meeting) {
        meeting.bridge().end(meeting);
        meetings.remove(meeting);
        meeting.participants().forEach(this::remove);
        meetingsToCome++;
        later.accept(() -> {
            meetingsToCome--;
            start(meeting.bridge(), meeting.participants().size());
        });
    }

    /** Whether no meeting is about to begin, and the client knows of everything. */
    boolean isSettled() {
        return meetingsToCome == 0 && bridges.stream().allMatch(Bridge::isSettled);
    }

    ServersReport report() {
        return new ServersReport(
                bridges.stream().mapToInt(bridge -> bridge.sockets().size()).sum(),
                bridges.stream().mapToInt(Bridge::subscriptions).sum(),
                participants.size(),
                participants.stream().mapToLong(Participant::sum).sum(),
                ledger.messages(),
                ledger.unacknowledged(),
                ledger.strays(),
                ledger.breaches());
    }

    private void start(Bridge bridge, int size) {
        Meeting meeting = new Meeting(++lastMeeting, bridge);
        for (int i = 0; i < size; i++) {
            join(meeting);
        }
        meetings.add(meeting);
        bridge.start(meeting);
    }

    private void join(Meeting meeting) {
        Participant participant = new Participant(++lastParticipant, meeting, participants.size());
        participants.add(participant);
        meeting.joined(participant);
    }

    /** The last one takes the place: a list of 50,000 is not to be moved for each who leaves. */
    private void remove(Participant participant) {
        Participant last = participants.remove(participants.size() - 1);
        if (last != participant) {
            participants.set(participant.place(), last);
            last.place(participant.place());
        }
    }
}
