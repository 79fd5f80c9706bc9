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
package io.github.cmsevents.examples.stream;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which subscriptions still send their first content. Nothing marks its end, so it counts as complete after a number of quiet
 * ticks. Counting ticks rather than time makes a pause of the whole process count for nothing.
 */
final class FirstContent {

    private final int quietTicks;
    private final Map<String, Integer> quiet = new HashMap<>();

    FirstContent(int quietTicks) {
        this.quietTicks = quietTicks;
    }

    /** The subscription became active. */
    void begins(String subscription) {
        quiet.put(subscription, 0);
    }

    /** The subscription ended or was interrupted: its content may stay incomplete. */
    void interrupted(String subscription) {
        quiet.remove(subscription);
    }

    /** The subscription sent something that can be a part of the first content. */
    void progressed(String subscription) {
        quiet.computeIfPresent(subscription, (same, ticks) -> 0);
    }

    /** Servers had to wait for acknowledgements, so that the silence says nothing. */
    void hold() {
        quiet.replaceAll((subscription, ticks) -> 0);
    }

    boolean isExpectedOf(String subscription) {
        return quiet.containsKey(subscription);
    }

    /** Returns the subscriptions whose first content is complete with this tick. */
    Set<String> tick() {
        quiet.replaceAll((subscription, ticks) -> ticks + 1);
        Set<String> complete = new HashSet<>();
        quiet.forEach((subscription, ticks) -> {
            if (ticks >= quietTicks) {
                complete.add(subscription);
            }
        });
        quiet.keySet().removeAll(complete);
        return complete;
    }
}
