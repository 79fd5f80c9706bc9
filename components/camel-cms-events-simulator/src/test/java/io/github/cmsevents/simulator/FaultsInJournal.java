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
package io.github.cmsevents.simulator;

import java.util.List;

/** The faults that have happened. */
final class FaultsInJournal {

    private FaultsInJournal() {}

    static List<String> of(MeetingServerSimulator server) {
        return server.journal().stream()
                .filter(JournalEntry.Fault.class::isInstance)
                .map(JournalEntry.Fault.class::cast)
                .map(fault -> fault.socket() == 0 ? fault.name() : fault.name() + "@" + fault.socket())
                .toList();
    }
}
