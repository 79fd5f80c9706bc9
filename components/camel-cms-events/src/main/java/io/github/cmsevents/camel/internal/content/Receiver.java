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
package io.github.cmsevents.camel.internal.content;

/** A route that receives updates. Called on the event loop, so it must not block. */
public interface Receiver {

    /** Takes updates, in the order of the wire. */
    void receive(Batch batch);

    /** Something keeps updates from coming; called once for each time that it happens. */
    void problem(Exception problem);

    /** The route's id, for log lines. */
    String name();

    /**
     * When the oldest message was received that the route has not acknowledged yet, in milliseconds since 1970; 0 when there
     * is none. May be called from any thread.
     */
    long waitingSince();
}
