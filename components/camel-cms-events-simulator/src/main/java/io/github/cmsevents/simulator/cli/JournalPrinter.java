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
package io.github.cmsevents.simulator.cli;

import io.github.cmsevents.simulator.JournalEntry;
import java.io.PrintWriter;

/** Prints journal entries, a line each. Like the journal, they contain no secrets. */
final class JournalPrinter {

    private final PrintWriter out;
    private final String server;

    /** @param server the prefix of each entry; empty for a single server */
    JournalPrinter(PrintWriter out, String server) {
        this.out = out;
        this.server = server;
    }

    void print(JournalEntry entry) {
        out.println(entry.at() + " " + server + line(entry));
        out.flush();
    }

    private static String line(JournalEntry entry) {
        if (entry instanceof JournalEntry.Frame frame) {
            String arrow = frame.direction() == JournalEntry.Direction.IN ? "-> " : "<- ";
            return "socket " + frame.socket() + " " + arrow
                    + (frame.type().equals("text") ? frame.text() : "(" + frame.type() + " frame)");
        } else if (entry instanceof JournalEntry.Login login) {
            return "login " + login.status();
        } else if (entry instanceof JournalEntry.Upgrade upgrade) {
            return "upgrade " + upgrade.status() + (upgrade.socket() == 0 ? "" : " socket " + upgrade.socket());
        } else if (entry instanceof JournalEntry.Request request) {
            return request.method() + " " + request.path() + " " + request.status();
        } else if (entry instanceof JournalEntry.Closed closed) {
            return "socket " + closed.socket() + " closed by " + closed.by() + ": " + closed.code() + " "
                    + closed.reason();
        } else if (entry instanceof JournalEntry.Fault fault) {
            return (fault.socket() == 0 ? "" : "socket " + fault.socket() + " ") + "fault " + fault.name();
        }
        throw new IllegalStateException("Unknown kind of entry: " + entry);
    }
}
