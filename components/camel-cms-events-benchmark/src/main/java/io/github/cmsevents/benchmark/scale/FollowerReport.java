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
 * What it takes to follow, and what came of it.
 *
 * @param threads        that are alive
 * @param peakHeapBytes  the most that the heap had in it
 * @param pauses         from the start of the route on
 * @param contradictions updates that did not go with those before them
 * @param participants   that the route knows of
 * @param sum            of who is where, see {@link PictureSum}
 */
public record FollowerReport(
        int threads, long peakHeapBytes, Pauses pauses, int contradictions, int participants, long sum) {}
