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
package io.github.cmsevents.benchmark.load;

/** One subscription of a client: to all calls, or to the participants of one. */
final class LoadSubscription {

    private final int index;
    private final boolean roster;
    private final LoadSocket socket;
    private final String[] keys;

    /** @param call the call whose participants are meant; null for all calls */
    LoadSubscription(int index, String call, LoadSocket socket, int known) {
        this.index = index;
        this.roster = call != null;
        this.socket = socket;
        this.keys = new String[known];
        for (int i = 0; i < known; i++) {
            keys[i] = String.format("%08x-0000-4000-8000-%012x", index, i);
        }
    }

    int index() {
        return index;
    }

    LoadSocket socket() {
        return socket;
    }

    String messageType() {
        return roster ? "rosterUpdate" : "callListUpdate";
    }

    void appendRow(StringBuilder text, int record, String updateType, int sequence) {
        text.append(roster ? "{\"participant\":\"" : "{\"call\":\"")
                .append(keys[record])
                .append("\",\"updateType\":\"")
                .append(updateType)
                .append("\",\"name\":\"Weekly review ")
                .append(record)
                .append(roster ? "\",\"importance\":" : "\",\"participants\":")
                .append(sequence)
                .append('}');
    }
}
