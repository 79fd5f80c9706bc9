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

/**
 * How things are with the servers when nothing is left to be said.
 *
 * @param participants   in all calls of all servers
 * @param sum            of who is where, see {@link PictureSum}
 * @param messages       that were sent so far
 * @param unacknowledged those of them that were not acknowledged
 * @param strays         what the client has said that it should not have, such as an acknowledgement for nothing
 * @param breaches       of the limits: a sixth socket, a hundred-and-first subscription, an index twice
 */
public record ServersReport(
        int sockets,
        int subscriptions,
        int participants,
        long sum,
        long messages,
        long unacknowledged,
        int strays,
        int breaches) {}
