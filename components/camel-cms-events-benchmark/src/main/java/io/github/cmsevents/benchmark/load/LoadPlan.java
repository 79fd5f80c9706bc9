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
 * What a load server sends to the next client.
 *
 * @param outstanding   how many messages may be waiting for their acknowledgement, over all sockets; 1 for strictly gated
 * @param warmup        messages of one row to begin with, which are not measured
 * @param updates       messages of one row that are measured
 * @param subscriptions how many subscriptions have to be active before it begins; they are served in turn
 * @param known         how many calls or participants each subscription is told of first, which are then updated in turn
 */
public record LoadPlan(int outstanding, int warmup, int updates, int subscriptions, int known) {

    /** The number of the first message that carries an update; what comes before sets the subscriptions up. */
    public static final int FIRST_UPDATE_ID = 1_000_000;

    public LoadPlan {
        if (outstanding < 1 || warmup < 0 || updates < 1 || subscriptions < 1 || known < 1) {
            throw new IllegalArgumentException(
                    "A plan needs at least one of everything but warm-up messages: outstanding "
                            + outstanding + ", warmup " + warmup + ", updates " + updates + ", subscriptions "
                            + subscriptions
                            + ", known " + known);
        }
    }

    /** One subscription to {@code calls}, and one call. */
    public static LoadPlan ofOneCall(int outstanding, int warmup, int updates) {
        return new LoadPlan(outstanding, warmup, updates, 1, 1);
    }

    public int messages() {
        return warmup + updates;
    }
}
