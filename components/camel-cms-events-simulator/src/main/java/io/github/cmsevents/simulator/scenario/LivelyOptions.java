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
package io.github.cmsevents.simulator.scenario;

/**
 * The options of the lively scenario.
 *
 * @param seed the same seed makes the same meetings, GUIDs and changes in the same order
 * @param speed factor: 1 makes four changes a second
 */
public record LivelyOptions(long seed, double speed) {

    public LivelyOptions {
        if (!(speed > 0) || speed > 1000) {
            throw new IllegalArgumentException("speed must be more than 0 and at most 1000: " + speed);
        }
    }

    /** Seed 1, speed 1. */
    public static LivelyOptions defaults() {
        return new LivelyOptions(1, 1);
    }
}
