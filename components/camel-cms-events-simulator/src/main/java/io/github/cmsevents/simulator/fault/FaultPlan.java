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
package io.github.cmsevents.simulator.fault;

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The faults that wait for their occasion; decides when they happen. Used on the server's thread only. */
public final class FaultPlan {

    /** Stands for every socket. */
    public static final int ANY_SOCKET = 0;

    /** Stands for "until cleared". */
    public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

    private final Consumer<JournalEntry> journal;
    private final List<Armed> armed = new ArrayList<>();

    /** One requested fault. */
    private static final class Armed {
        private final Fault fault;
        private final int socket;
        private int timesLeft;
        private int messagesSeen;

        Armed(Fault fault, int socket, int times) {
            this.fault = Objects.requireNonNull(fault, "fault");
            this.socket = socket;
            this.timesLeft = times;
        }

        boolean concerns(int aSocket) {
            return socket == ANY_SOCKET || socket == aSocket;
        }

        /** Counts a message; true when the fault is due. */
        boolean isDueAfterMessage() {
            if (!(fault instanceof Fault.AfterMessage after) || ++messagesSeen < after.messages()) {
                return false;
            }
            messagesSeen = 0;
            return true;
        }
    }

    public FaultPlan(Consumer<JournalEntry> journal) {
        this.journal = journal;
    }

    /** @param socket the number of a socket, or {@link #ANY_SOCKET} */
    public void arm(Fault fault, int socket, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1: " + times);
        }
        armed.add(new Armed(fault, socket, times));
    }

    /** The fault of this kind that happens now, the first one requested; null for none. */
    public <F extends Fault> F take(Class<F> kind, int socket) {
        for (Armed candidate : armed) {
            if (candidate.concerns(socket) && kind.isInstance(candidate.fault)) {
                fire(candidate, socket);
                return kind.cast(candidate.fault);
            }
        }
        return null;
    }

    /** The faults that happen after a message was sent on a socket. */
    public List<Fault.AfterMessage> messageSent(int socket) {
        List<Fault.AfterMessage> due = new ArrayList<>();
        for (Armed candidate : List.copyOf(armed)) {
            if (candidate.concerns(socket) && candidate.isDueAfterMessage()) {
                fire(candidate, socket);
                due.add((Fault.AfterMessage) candidate.fault);
            }
        }
        return due;
    }

    private void fire(Armed fault, int socket) {
        if (fault.timesLeft != UNTIL_CLEARED && --fault.timesLeft == 0) {
            armed.remove(fault);
        }
        fired(fault.fault.name(), socket);
    }

    /** Records a fault that happens at once. */
    public void fired(String name, int socket) {
        journal.accept(new JournalEntry.Fault(Instant.now(), socket, name));
    }

    /** Cancels the faults of one kind. */
    public void cancel(Class<? extends Fault> kind) {
        armed.removeIf(fault -> kind.isInstance(fault.fault));
    }

    /** Cancels all faults, or those of one socket. */
    public void clear(int socket) {
        Predicate<Armed> concerned = fault -> socket == ANY_SOCKET || fault.socket == socket;
        armed.removeIf(concerned);
    }
}
