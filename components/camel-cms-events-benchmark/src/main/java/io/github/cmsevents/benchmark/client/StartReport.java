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
 * How long a start took, in milliseconds.
 *
 * @param contextMillis     from making the context to its being started, its routes among that
 * @param firstUpdateMillis from there to the first update in a route; -1 if there was none
 */
public record StartReport(double contextMillis, double firstUpdateMillis) {}
