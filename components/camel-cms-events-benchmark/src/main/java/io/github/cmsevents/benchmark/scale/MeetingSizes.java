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

import java.util.stream.IntStream;

/** How participants spread over calls: many small meetings, few large ones. */
final class MeetingSizes {

    // The size of a meeting goes with 1 / rank^0.9: of 2,000 people in 500 calls a tenth is in the largest one, and
    // every
    // second call has one or two.
    private static final double EXPONENT = 0.9;

    private MeetingSizes() {}

    /**
     * The size of each call, the larger ones first, give or take one. Nobody is left out, and no call is empty.
     *
     * @throws IllegalArgumentException if there are fewer participants than calls
     */
    static int[] of(int participants, int calls) {
        if (calls < 1 || participants < calls) {
            throw new IllegalArgumentException(
                    "Each call needs a participant: " + calls + " calls, " + participants + " participants");
        }
        double all = IntStream.range(0, calls).mapToDouble(MeetingSizes::weight).sum();
        // One each; the others where they belong by the weights of all calls up to there, so that what is rounded off
        // one
        // call goes to the next.
        int others = participants - calls;
        int[] sizes = new int[calls];
        double weightSoFar = 0;
        int placed = 0;
        for (int call = 0; call < calls; call++) {
            weightSoFar += weight(call);
            int placedThen = call == calls - 1 ? others : (int) Math.round(others * weightSoFar / all);
            sizes[call] = 1 + placedThen - placed;
            placed = placedThen;
        }
        return sizes;
    }

    private static double weight(int call) {
        return Math.pow(call + 1.0, -EXPONENT);
    }
}
