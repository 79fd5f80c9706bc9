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
package io.github.cmsevents.benchmark.harness;

/** How the load server sends. */
enum Pacing {
    /** The next message when the last one is acknowledged, as a Meeting Server does it. */
    GATED(1),
    /** As many messages at once as a server that does not wait might have under way. */
    WINDOWED(64);

    private final int outstanding;

    Pacing(int outstanding) {
        this.outstanding = outstanding;
    }

    int outstanding() {
        return outstanding;
    }
}
