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

/** Which elements of a participant are meant, of those that there are here. */
record RosterElements(boolean name, boolean audioMuted) {

    static final RosterElements NAME = new RosterElements(true, false);
    static final RosterElements AUDIO_MUTED = new RosterElements(false, true);

    RosterElements and(RosterElements others) {
        return new RosterElements(name && others.name, audioMuted && others.audioMuted);
    }

    boolean isEmpty() {
        return !name && !audioMuted;
    }
}
