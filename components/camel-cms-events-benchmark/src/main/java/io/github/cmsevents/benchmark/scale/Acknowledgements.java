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
 * How long a client took for messages, in milliseconds.
 *
 * @param messages how many there were
 * @param p50      from sending a message to its acknowledgement
 * @param newsP50  from what the message tells to its acknowledgement: with the time that it waited for its turn
 */
public record Acknowledgements(long messages, double p50, double p99, double max, double newsP50, double newsP99) {}
