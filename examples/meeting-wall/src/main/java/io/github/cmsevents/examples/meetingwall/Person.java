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

/**
 * A participant of a meeting, as the server reports it now.
 *
 * @param id     GUID of the participant
 * @param state  {@code initial}, {@code ringing}, {@code connected}, {@code onHold}, or what a newer server sends
 * @param called the meeting called this person; otherwise the person called the meeting
 * @param since  when this state was first seen, in milliseconds since 1970
 */
public record Person(
        String id,
        String name,
        String uri,
        String state,
        boolean called,
        boolean audioMuted,
        boolean videoMuted,
        boolean speaking,
        boolean presenting,
        boolean recording,
        long since) {}
