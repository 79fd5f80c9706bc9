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
package io.github.cmsevents.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.JournalEntry;
import io.github.cmsevents.simulator.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Records what clients do. Used on the server's thread only. */
public final class Recorder {

    private final int journalCapacity;
    private final Consumer<JournalEntry> listener;
    private final Deque<JournalEntry> journal = new ArrayDeque<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<JsonNode> subscribeRequests = new ArrayList<>();
    private final List<String> hostHeaders = new ArrayList<>();
    private int logins;
    private int socketsOpened;

    /**
     * @param journalCapacity the number of entries that are kept, the newest ones
     * @param listener receives every journal entry, on the server's thread
     */
    public Recorder(int journalCapacity, Consumer<JournalEntry> listener) {
        this.journalCapacity = journalCapacity;
        this.listener = listener;
    }

    public void journal(JournalEntry entry) {
        if (entry instanceof JournalEntry.Upgrade upgrade && upgrade.socket() > 0) {
            socketsOpened++;
        }
        if (journal.size() == journalCapacity) {
            journal.remove();
        }
        journal.add(entry);
        listener.accept(entry);
    }

    /** Counts a login; the journal gets its entry with the reply. */
    void loginRequested() {
        logins++;
    }

    /** @param value null when a request has no {@code Host} header */
    void hostHeader(String value) {
        hostHeaders.add(String.valueOf(value));
    }

    void breach(Breach breach) {
        breaches.add(breach);
    }

    void refusal(Refusal refusal) {
        refusals.add(refusal);
    }

    void subscribeRequest(JsonNode message) {
        subscribeRequests.add(message);
    }

    public List<JournalEntry> journal() {
        return List.copyOf(journal);
    }

    public List<Breach> breaches() {
        return List.copyOf(breaches);
    }

    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    public List<JsonNode> subscribeRequests() {
        return List.copyOf(subscribeRequests);
    }

    public List<String> hostHeaders() {
        return List.copyOf(hostHeaders);
    }

    public int logins() {
        return logins;
    }

    public int socketsOpened() {
        return socketsOpened;
    }

    public void clear() {
        journal.clear();
        breaches.clear();
        refusals.clear();
        subscribeRequests.clear();
        hostHeaders.clear();
        logins = 0;
        socketsOpened = 0;
    }
}
