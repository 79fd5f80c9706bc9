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

/** Somebody who is in a meeting. */
final class Participant {

    private final int number;
    private final Meeting meeting;
    private int place;
    private int nameVersion;
    private boolean audioMuted;

    /** @param place in the list of all */
    Participant(int number, Meeting meeting, int place) {
        this.number = number;
        this.meeting = meeting;
        this.place = place;
    }

    Meeting meeting() {
        return meeting;
    }

    /** In the list of all. */
    int place() {
        return place;
    }

    void place(int newPlace) {
        place = newPlace;
    }

    void rename() {
        nameVersion++;
    }

    void toggleAudio() {
        audioMuted = !audioMuted;
    }

    long sum() {
        return PictureSum.of(number, meeting.number(), name().hashCode(), audioMuted);
    }

    String row(String updateType, RosterElements elements) {
        StringBuilder row = new StringBuilder(160)
                .append("{\"participant\":\"")
                .append(Guid.PARTICIPANT.of(number))
                .append("\",\"updateType\":\"")
                .append(updateType)
                .append('"');
        if (elements.name()) {
            row.append(",\"name\":\"").append(name()).append('"');
        }
        if (elements.audioMuted()) {
            row.append(",\"audioMuted\":").append(audioMuted);
        }
        return row.append('}').toString();
    }

    String rowOfLeaving() {
        return "{\"participant\":\"" + Guid.PARTICIPANT.of(number)
                + "\",\"updateType\":\"remove\",\"reason\":\"clientInitiated\"}";
    }

    private String name() {
        return PersonNames.of(number, nameVersion);
    }
}
