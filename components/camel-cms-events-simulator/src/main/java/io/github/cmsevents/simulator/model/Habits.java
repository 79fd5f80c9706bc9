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
package io.github.cmsevents.simulator.model;

/**
 * What live bridges do although the guide does not say so.
 *
 * @param wrongFirstValues whether a new call is first reported as locked and empty, until {@link Meetings#correct}
 * @param blankNames whether a participant's name is emptied just before the participant is removed
 */
public record Habits(boolean wrongFirstValues, boolean blankNames) {

    /** None of them: every value is reported as it is. */
    public static Habits none() {
        return new Habits(false, false);
    }
}
