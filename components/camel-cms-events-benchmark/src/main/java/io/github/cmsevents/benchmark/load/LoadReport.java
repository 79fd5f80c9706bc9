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
 * What a load server saw of one client. Times and rate are of the measured messages only; what was acknowledged is
 * counted from the first.
 *
 * @param messagesPerSecond from the sending of the first to the acknowledgement of the last; 0 if that never came
 * @param p50Micros         from sending a message to its acknowledgement, in microseconds
 * @param unacknowledged    messages that were not acknowledged, sent or not
 * @param acknowledgedTwice acknowledgements of what had been acknowledged already
 * @param strays            messages that are neither a subscribe request nor the acknowledgement of what was sent on that
 *                          socket
 */
public record LoadReport(
        double messagesPerSecond,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double maxMicros,
        int unacknowledged,
        int acknowledgedTwice,
        int strays) {}
