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

import io.github.cmsevents.benchmark.load.ClientSocket.Wanted;
import io.github.cmsevents.benchmark.load.ServerMessages;
import java.util.List;

/** A client's subscription to a server's calls, or to who is in one of them. */
final class Subscription {

    // What a first content is cut into.
    private static final int ROWS_PER_MESSAGE = 200;

    private final Wanted wanted;
    private final BridgeSocket socket;
    private final RosterElements rosterElements;
    private boolean active;

    Subscription(Wanted wanted, BridgeSocket socket) {
        this.wanted = wanted;
        this.socket = socket;
        this.rosterElements = new RosterElements(
                wanted.elements().contains("name"), wanted.elements().contains("audioMuted"));
    }

    boolean isFor(Wanted other) {
        return wanted.equals(other);
    }

    int index() {
        return wanted.index();
    }

    boolean isRoster() {
        return wanted.type().equals("callRoster");
    }

    boolean isCalls() {
        return wanted.type().equals("calls");
    }

    /** Null for all calls. */
    String call() {
        return wanted.call();
    }

    boolean wants(String element) {
        return wanted.elements().contains(element);
    }

    RosterElements rosterElements() {
        return rosterElements;
    }

    BridgeSocket socket() {
        return socket;
    }

    boolean isActive() {
        return active;
    }

    void active(boolean nowActive) {
        active = nowActive;
    }

    void tell(List<String> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_PER_MESSAGE) {
            tell(String.join(",", rows.subList(from, Math.min(rows.size(), from + ROWS_PER_MESSAGE))), () -> {});
        }
    }

    /** @param acknowledged told when the client has acknowledged it */
    void tell(String rows, Runnable acknowledged) {
        String type = isRoster() ? "rosterUpdate" : "callListUpdate";
        socket.send(id -> ServerMessages.rows(id, type, index(), rows), acknowledged);
    }
}
