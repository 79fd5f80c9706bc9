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
 * A place in a file, for messages.
 *
 * @param path the file's name, and the step and field where there are any
 */
public record Place(String path) {

    /** A field or element of this place. */
    public Place field(String name) {
        return new Place(path + ": " + name);
    }

    /** The exception for a mistake at this place. */
    public ScenarioException mistake(String what) {
        return new ScenarioException(path + ": " + what);
    }
}
