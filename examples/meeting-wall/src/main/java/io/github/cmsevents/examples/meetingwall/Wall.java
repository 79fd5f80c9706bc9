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

import io.github.cmsevents.camel.CmsEventsConstants;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Folds the updates of the routes into meetings, people and Call Bridges, and collects what changed for the browsers. Meetings and
 * rosters come on routes of their own: people can be there before their meeting is, and after it.
 */
public final class Wall {

    static final int MAX_MEETINGS = 5_000;
    static final int MAX_PEOPLE = 50_000;
    static final int MAX_TEXT = 200;

    /** A meeting that appears when all Call Bridges have been connected for so long has just started. */
    static final long FIRST_CONTENT_MILLIS = 10_000;

    /** With nothing new there is a message after this time: a browser that receives none for longer reconnects. */
    static final long HEARTBEAT_MILLIS = 5_000;

    private static final String REMOVE = "remove";

    private final String title;
    private final Clock clock;

    private final Map<String, BridgeState> bridges = new LinkedHashMap<>();
    private final Map<String, Meeting> meetings = new LinkedHashMap<>();
    private final Map<String, Map<String, Person>> people = new HashMap<>();
    private int peopleCount;
    private boolean full;

    private final Set<String> changedMeetings = new HashSet<>();
    private final Map<String, Set<String>> changedPeople = new HashMap<>();
    private boolean bridgesChanged;

    private long sequence;
    private long lastMessage;

    private record BridgeState(boolean connected, long since) {}

    /**
     * @param servers the Call Bridges, as in the component's option
     * @param title   of the page
     */
    public Wall(String servers, String title) {
        this(servers, title, Clock.systemUTC());
    }

    Wall(String servers, String title, Clock clock) {
        this.title = title;
        this.clock = clock;
        for (String server : servers.split(",")) {
            if (!server.isBlank()) {
                bridges.put(authority(server.strip()), new BridgeState(false, clock.millis()));
            }
        }
    }

    /** The server's name in the headers of updates, {@code host:port}. */
    private static String authority(String server) {
        String authority =
                server.replaceFirst("(?i)^https?://", "").replaceFirst("/$", "").toLowerCase(Locale.ROOT);
        String port = server.toLowerCase(Locale.ROOT).startsWith("http://") ? ":80" : ":443";
        return authority.matches(".*:\\d+") ? authority : authority + port;
    }

    /** The subscription to the meetings of a Call Bridge is in a new state. */
    public synchronized void bridge(
            @Header(CmsEventsConstants.SERVER) String server,
            @Header(CmsEventsConstants.SUBSCRIPTION_STATE) String state,
            @Header(CmsEventsConstants.MESSAGE_TIMESTAMP) long time) {
        boolean connected = "active".equals(state);
        BridgeState before = bridges.get(server);
        if (before == null || before.connected != connected) {
            bridges.put(server, new BridgeState(connected, time));
            bridgesChanged = true;
        }
    }

    /** Applies an update of the resource conferences. */
    public synchronized void meeting(
            @Header(CmsEventsConstants.CONFERENCE) String id,
            @Header(CmsEventsConstants.UPDATE_TYPE) String updateType,
            @Header(CmsEventsConstants.SERVERS) List<String> servers,
            @Header(CmsEventsConstants.MESSAGE_TIMESTAMP) long time,
            @Body Map<String, Object> record) {
        Meeting before = meetings.get(id);
        if (REMOVE.equals(updateType)) {
            if (meetings.remove(id) != null) {
                changedMeetings.add(id);
            }
        } else if (before != null || meetings.size() < MAX_MEETINGS) {
            meetings.put(
                    id,
                    new Meeting(
                            id,
                            text(record, "name", before == null ? "" : before.name()),
                            record.get("participants") instanceof Number count ? count.intValue() : 0,
                            isActive(record, "recording"),
                            isActive(record, "endpointRecording"),
                            isActive(record, "streaming"),
                            "locked".equals(record.get("lockState")),
                            text(record, "callType", ""),
                            servers == null ? List.of() : List.copyOf(servers),
                            before == null ? time : before.since(),
                            before == null ? hasSeenAllBefore(time) : before.startSeen()));
            changedMeetings.add(id);
        }
    }

    private boolean hasSeenAllBefore(long time) {
        return bridges.values().stream()
                .allMatch(bridge -> bridge.connected && time - bridge.since >= FIRST_CONTENT_MILLIS);
    }

    /** Applies an update of the resource callRoster. */
    public synchronized void person(
            @Header(CmsEventsConstants.CONFERENCE) String meeting,
            @Header(CmsEventsConstants.PARTICIPANT) String id,
            @Header(CmsEventsConstants.UPDATE_TYPE) String updateType,
            @Header(CmsEventsConstants.MESSAGE_TIMESTAMP) long time,
            @Body Map<String, Object> record) {
        Map<String, Person> roster = people.getOrDefault(meeting, Map.of());
        Person before = roster.get(id);
        if (REMOVE.equals(updateType)) {
            if (before != null) {
                roster.remove(id);
                peopleCount--;
                if (roster.isEmpty()) {
                    people.remove(meeting);
                }
                changed(meeting, id);
            }
        } else if (before != null || peopleCount < MAX_PEOPLE) {
            String state = text(record, "state", "");
            people.computeIfAbsent(meeting, any -> new LinkedHashMap<>())
                    .put(
                            id,
                            new Person(
                                    id,
                                    // A server often empties the name just before the remove.
                                    text(record, "name", before == null ? "" : before.name()),
                                    text(record, "uri", ""),
                                    state,
                                    "outgoing".equals(record.get("direction")),
                                    isTrue(record, "audioMuted"),
                                    isTrue(record, "videoMuted"),
                                    isTrue(record, "activeSpeaker"),
                                    isTrue(record, "presenter"),
                                    isActive(record, "endpointRecording"),
                                    before != null && before.state().equals(state) ? before.since() : time));
            peopleCount += before == null ? 1 : 0;
            changed(meeting, id);
        }
    }

    private void changed(String meeting, String person) {
        changedPeople.computeIfAbsent(meeting, any -> new HashSet<>()).add(person);
    }

    /** Everything there is, as of the last {@link #changes() message of changes}, for a browser that connects. */
    public synchronized WallMessage snapshot() {
        Map<String, List<Person>> everyone = new HashMap<>();
        people.forEach((meeting, roster) -> everyone.put(meeting, List.copyOf(roster.values())));
        return new WallMessage(
                sequence,
                true,
                clock.millis(),
                title,
                callBridges(),
                isFull(),
                List.copyOf(meetings.values()),
                List.of(),
                everyone,
                Map.of());
    }

    /** What changed since the last call, for all browsers; null when there is nothing to send. */
    public synchronized WallMessage changes() {
        long now = clock.millis();
        boolean news = bridgesChanged || !changedMeetings.isEmpty() || !changedPeople.isEmpty() || full != isFull();
        if (!news && now - lastMessage < HEARTBEAT_MILLIS) {
            return null;
        }
        full = isFull();
        List<Meeting> changed = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        for (String id : changedMeetings) {
            Meeting meeting = meetings.get(id);
            if (meeting == null) {
                ended.add(id);
            } else {
                changed.add(meeting);
            }
        }
        Map<String, List<Person>> present = new HashMap<>();
        Map<String, List<String>> left = new HashMap<>();
        changedPeople.forEach((meeting, ids) -> {
            Map<String, Person> roster = people.getOrDefault(meeting, Map.of());
            for (String id : ids) {
                Person person = roster.get(id);
                if (person == null) {
                    left.computeIfAbsent(meeting, any -> new ArrayList<>()).add(id);
                } else {
                    present.computeIfAbsent(meeting, any -> new ArrayList<>()).add(person);
                }
            }
        });
        List<CallBridge> bridgesNow = bridgesChanged ? callBridges() : List.of();
        changedMeetings.clear();
        changedPeople.clear();
        bridgesChanged = false;
        lastMessage = now;
        return new WallMessage(++sequence, false, now, null, bridgesNow, full, changed, ended, present, left);
    }

    private boolean isFull() {
        return meetings.size() >= MAX_MEETINGS || peopleCount >= MAX_PEOPLE;
    }

    private List<CallBridge> callBridges() {
        return bridges.entrySet().stream()
                .map(bridge -> new CallBridge(bridge.getKey(), bridge.getValue().connected))
                .toList();
    }

    private static boolean isActive(Map<String, Object> record, String element) {
        return "active".equals(record.get(element));
    }

    private static boolean isTrue(Map<String, Object> record, String element) {
        return Boolean.TRUE.equals(record.get(element));
    }

    private static String text(Map<String, Object> record, String element, String otherwise) {
        String text = record.get(element) == null ? "" : record.get(element).toString();
        if (text.isBlank()) {
            return otherwise;
        }
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
