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
package io.github.cmsevents.benchmark.client;

/**
 * What a client saw and used.
 *
 * @param missing             updates that did not come
 * @param twice               updates that came a second time
 * @param outOfOrder          updates that came after a later one of the same socket or call
 * @param cpuMicrosPerMessage CPU time of the whole JVM, compiler and collector included
 * @param secondsToFirst      from the start of the client to the first update, so with all subscriptions set up
 * @param idlePercent         CPU while nothing happened, in percent of one core
 * @param liveHeapMiB         after a full collection at the end, while the client still knows all records
 */
public record ClientReport(
        int missing,
        int twice,
        int outOfOrder,
        double cpuMicrosPerMessage,
        double secondsToFirst,
        double idlePercent,
        long liveHeapMiB) {}
