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
 * How busy an event loop was, in milliseconds.
 *
 * @param p50          by which a timer of one millisecond was late
 * @param longestRound the most processor time that the loop took before the timer had its turn again
 */
public record EventLoopDelay(double p50, double p99, double max, double longestRound) {}
