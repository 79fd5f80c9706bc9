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

import java.util.Arrays;
import java.util.Map;

/**
 * Who is where, as a route has been told. Has eight bytes for each participant that there ever was, so that what is measured is
 * what the component takes. Told by the route's thread, asked by another one.
 */
final class Picture {

    private static final int INITIAL_CAPACITY = 1 << 10;

    private int[] nameHashes = new int[INITIAL_CAPACITY];
    /** Twice the number of the call, and one more if they are muted; 0 for somebody who is not there. */
    private int[] calls = new int[INITIAL_CAPACITY];

    private int present;
    private int contradictions;

    /**
     * Takes an update.
     *
     * @param call where the participant is
     * @param row  with {@code participant}, {@code updateType} and what has changed of {@code name} and {@code audioMuted}
     */
    synchronized void learn(String call, Map<?, ?> row) {
        int participant = Guid.numberOf((String) row.get("participant"));
        ensureRoomFor(participant);
        boolean known = calls[participant] != 0;
        switch ((String) row.get("updateType")) {
            case "add" -> {
                expect(!known);
                present += known ? 0 : 1;
                calls[participant] = 2 * Guid.numberOf(call);
                change(participant, row);
            }
            case "update" -> {
                expect(known && calls[participant] / 2 == Guid.numberOf(call));
                change(participant, row);
            }
            case "remove" -> {
                expect(known);
                present -= known ? 1 : 0;
                calls[participant] = 0;
            }
            default -> expect(false);
        }
    }

    synchronized int present() {
        return present;
    }

    /** Updates that don't go with what was known: of somebody unknown, or who came although they were there. */
    synchronized int contradictions() {
        return contradictions;
    }

    /** See {@link PictureSum}. */
    synchronized long sum() {
        long sum = 0;
        for (int participant = 0; participant < calls.length; participant++) {
            int call = calls[participant];
            if (call != 0) {
                sum += PictureSum.of(participant, call / 2, nameHashes[participant], call % 2 == 1);
            }
        }
        return sum;
    }

    private void change(int participant, Map<?, ?> row) {
        if (row.get("name") instanceof String name) {
            nameHashes[participant] = name.hashCode();
        }
        if (row.get("audioMuted") instanceof Boolean muted) {
            calls[participant] = calls[participant] / 2 * 2 + (muted ? 1 : 0);
        }
    }

    private void expect(boolean asItIs) {
        if (!asItIs) {
            contradictions++;
        }
    }

    private void ensureRoomFor(int participant) {
        if (participant >= calls.length) {
            int capacity = Math.max(participant + 1, calls.length + calls.length / 2);
            calls = Arrays.copyOf(calls, capacity);
            nameHashes = Arrays.copyOf(nameHashes, capacity);
        }
    }
}
