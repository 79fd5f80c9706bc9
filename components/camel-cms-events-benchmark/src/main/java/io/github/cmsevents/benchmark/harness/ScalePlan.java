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
package io.github.cmsevents.benchmark.harness;

/**
 * How large a cluster is, and how long it is watched.
 *
 * @param servers       each with as many calls as its sockets take
 * @param participants  in all
 * @param burstWarmup   changes as fast as they are acknowledged, before they are measured
 * @param burst         those that are measured, of all participants and then of few
 * @param warmupSeconds of what people do, before it is measured
 * @param churnSeconds  of what people do, measured
 */
record ScalePlan(int servers, int participants, int burstWarmup, int burst, int warmupSeconds, int churnSeconds) {

    /** With the list of calls, what five sockets of 100 subscriptions take. */
    static final int CALLS_PER_SERVER = 499;

    /** As many as one server has: with these, only how much there is besides them differs from size to size. */
    static final int FEW = 50_000 / 24;

    private static final int PARTICIPANTS_OF_24_SERVERS = 50_000;

    static ScalePlan of(int servers, int burstWarmup, int burst, int warmupSeconds, int churnSeconds) {
        return new ScalePlan(
                servers, servers * PARTICIPANTS_OF_24_SERVERS / 24, burstWarmup, burst, warmupSeconds, churnSeconds);
    }
}
