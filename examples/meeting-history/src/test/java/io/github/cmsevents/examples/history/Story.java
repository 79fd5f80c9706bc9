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
package io.github.cmsevents.examples.history;

import java.sql.SQLException;

/**
 * Two days of March 2026 in Zurich, an hour ahead of UTC:
 *
 * <ul>
 *   <li>Board on the 2nd, 09:00 to 10:00, on two Call Bridges: Ada; Bo from 09:05 to 09:20 and from 09:30 to 09:50; Cy does not
 *       answer; recorded from 09:10 to 09:40, with the recorder in the roster.
 *   <li>Design on the 3rd, 08:00 to 08:30: Di; a guest from 08:10.
 *   <li>An ad hoc meeting on the 3rd, 14:00 to 14:10: Bo and Di; streamed from 14:02.
 *   <li>Board from the 3rd, 23:30, to the 4th, 00:30: Ada, from 23:40 to 00:10 with a second device.
 * </ul>
 */
final class Story {

    private static final String B1 = "cms1.example.com:443";
    private static final String B2 = "cms2.example.com:443";

    private Story() {}

    static void record(Run run) throws SQLException {
        run.observing(B1, B2);
        board(run);
        design(run);
        adHoc(run);
        lateBoard(run);
    }

    private static void board(Run run) throws SQLException {
        meeting(run, "2026-03-02T08:00:00Z", B1, "board-1", "room-board", "Board");
        run.join(B1, "board-1", "room-board", "ada-1", "Ada", "uri=ada@example.com");
        run.at("2026-03-02T08:05:00Z").join(B1, "board-1", "room-board", "bo-1", "Bo", "uri=bo@example.com");
        run.addCall(B2, "board-2", "room-board", "Board");
        run.at("2026-03-02T08:08:00Z")
                .join(
                        B1,
                        "board-1",
                        "room-board",
                        "cy-1",
                        "Cy",
                        "uri=+41440001122",
                        "state=ringing",
                        "direction=outgoing");
        run.at("2026-03-02T08:09:00Z").leave(B1, "board-1", "room-board", "cy-1", "noAnswer");
        run.at("2026-03-02T08:10:00Z");
        for (String[] call : new String[][] {{B1, "board-1"}, {B2, "board-2"}}) {
            run.updateCall(call[0], call[1], "room-board", "Board", "recording=active");
        }
        run.join(B1, "board-1", "room-board", "rec-1", "recording", "direction=outgoing");
        run.at("2026-03-02T08:20:00Z").leave(B1, "board-1", "room-board", "bo-1", "clientInitiated");
        run.at("2026-03-02T08:30:00Z").join(B1, "board-1", "room-board", "bo-2", "Bo B.", "uri=Bo@example.com");
        run.at("2026-03-02T08:40:00Z").leave(B1, "board-1", "room-board", "rec-1", "clientInitiated");
        for (String[] call : new String[][] {{B1, "board-1"}, {B2, "board-2"}}) {
            run.updateCall(call[0], call[1], "room-board", "Board", "recording=inactive");
        }
        run.at("2026-03-02T08:50:00Z")
                .leave(B1, "board-1", "room-board", "bo-2", "clientInitiated")
                .removeCall(B2, "board-2", false);
        run.at("2026-03-02T09:00:00Z")
                .leave(B1, "board-1", "room-board", "ada-1", "clientInitiated")
                .removeCall(B1, "board-1", false);
    }

    private static void design(Run run) throws SQLException {
        meeting(run, "2026-03-03T07:00:00Z", B2, "design-1", "room-design", "Design");
        run.join(B2, "design-1", "room-design", "di-1", "Di", "uri=di@example.com");
        run.at("2026-03-03T07:10:00Z").join(B2, "design-1", "room-design", "guest-1", "=Guest, \\\"the\\\" first");
        run.at("2026-03-03T07:30:00Z").removeCall(B2, "design-1", false);
    }

    private static void adHoc(Run run) throws SQLException {
        run.at("2026-03-03T13:00:00Z").addCall(B1, "adhoc-1", "adhoc-1", "Bo's meeting", "callType=adHoc");
        run.roster(B1, "adhoc-1", "adhoc-1", "active").beats(3);
        run.join(B1, "adhoc-1", "adhoc-1", "bo-3", "Bo", "uri=bo@example.com");
        run.join(B1, "adhoc-1", "adhoc-1", "di-2", "Di", "uri=di@example.com");
        run.at("2026-03-03T13:02:00Z")
                .updateCall(B1, "adhoc-1", "adhoc-1", "Bo's meeting", "callType=adHoc", "streaming=active");
        run.at("2026-03-03T13:10:00Z").removeCall(B1, "adhoc-1", false);
    }

    private static void lateBoard(Run run) throws SQLException {
        meeting(run, "2026-03-03T22:30:00Z", B1, "board-3", "room-board", "Board");
        run.join(B1, "board-3", "room-board", "ada-2", "Ada", "uri=ada@example.com");
        run.at("2026-03-03T22:40:00Z").join(B1, "board-3", "room-board", "ada-3", "Ada (phone)", "uri=ada@example.com");
        run.at("2026-03-03T23:10:00Z").leave(B1, "board-3", "room-board", "ada-3", "clientInitiated");
        run.at("2026-03-03T23:30:00Z").removeCall(B1, "board-3", false);
    }

    private static void meeting(Run run, String at, String server, String call, String room, String name)
            throws SQLException {
        // The heartbeats: the roster is complete, so that times are exact.
        run.at(at)
                .addCall(server, call, room, name)
                .roster(server, call, room, "active")
                .beats(3);
    }
}
