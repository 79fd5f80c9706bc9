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
package io.github.cmsevents.benchmark.load;

/**
 * What the load server measured.
 *
 * @param messagesPerSecond from sending the first measured message to the acknowledgement of the last one
 * @param unacknowledged    messages that were sent or still to be sent when the client closed its sockets
 * @param unexpected        messages from the client that acknowledge nothing, acknowledge a second time or on another
 *                          socket, or that the server does not understand
 */
public record LoadReport(double messagesPerSecond, int unacknowledged, int unexpected) {}
