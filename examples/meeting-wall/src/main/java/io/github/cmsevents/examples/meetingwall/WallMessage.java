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
package io.github.cmsevents.examples.meetingwall;

import java.util.List;
import java.util.Map;

/**
 * What a browser receives: everything there is, or what changed since the message before. A changed meeting or person comes as
 * a whole.
 *
 * @param sequence counts up by one with each message of changes; a snapshot has the number of the last one it contains
 * @param snapshot everything there is: the browser forgets what it had
 * @param time     the server's clock, in milliseconds since 1970
 * @param title    of the page; null in a message of changes
 * @param bridges  all of them; empty in a message of changes when none changed
 * @param full     more meetings or people are there than the wall holds
 * @param meetings new or changed ones
 * @param ended    the ids of meetings that ended
 * @param people   new or changed ones, by the id of their meeting
 * @param left     the ids of people who left, by the id of their meeting
 */
public record WallMessage(
        long sequence,
        boolean snapshot,
        long time,
        String title,
        List<CallBridge> bridges,
        boolean full,
        List<Meeting> meetings,
        List<String> ended,
        Map<String, List<Person>> people,
        Map<String, List<String>> left) {}
