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
 * What a client saw. Bytes and CPU time are those of the whole JVM while the measured updates came.
 *
 * @param missing        updates that never came
 * @param twice          updates that came again
 * @param outOfOrder     updates that came after one that was sent later
 * @param bytesPerUpdate memory allocated by all threads
 * @param cpuMicrosPerUpdate CPU time of all threads, the compiler's and the collector's among them, in microseconds
 */
public record ClientReport(int missing, int twice, int outOfOrder, double bytesPerUpdate, double cpuMicrosPerUpdate) {}
