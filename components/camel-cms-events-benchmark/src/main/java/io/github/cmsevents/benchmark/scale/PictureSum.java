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
 * Boils a picture of who is where down to one number, whatever the order: the sum over all participants. Two pictures that
 * differ have the same sum only by a chance of one to 2^64.
 */
final class PictureSum {

    private PictureSum() {}

    /** @param nameHash of the name, as {@link String#hashCode()} has it */
    static long of(int participant, int call, int nameHash, boolean audioMuted) {
        long sum = mix(participant);
        sum = mix(sum ^ (2L * call + (audioMuted ? 1 : 0)));
        return mix(sum ^ nameHash);
    }

    // The finalizer of SplitMix64: each bit of what goes in changes half of those that come out.
    private static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
