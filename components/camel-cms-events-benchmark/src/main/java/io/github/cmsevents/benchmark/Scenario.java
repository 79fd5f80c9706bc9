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
package io.github.cmsevents.benchmark;

import io.github.cmsevents.benchmark.client.Client;
import java.util.List;

/**
 * One table: a load that several clients are measured with.
 *
 * @param name  by which {@code benchmark.only} selects it
 * @param title heading of the table
 */
record Scenario(String name, String title, Load load, List<Client> clients) {

    private static final List<Client> ALL = List.of(Client.values());
    private static final List<Client> WITHOUT_RECEIVED = List.of(Client.FLOOR, Client.HAND_WRITTEN, Client.PROCESSED);

    // So that a message with a round trip of 1 ms does not take most of the time.
    private static final int FEWER_WITH_DELAY = 8;
    private static final int IDLE_SECONDS = 15;

    static List<Scenario> all(int warmup, int messages) {
        return List.of(
                new Scenario("gated", "1 outstanding", Load.ofCalls(1, 0, warmup, messages), ALL),
                new Scenario("windowed", "64 outstanding", Load.ofCalls(64, 0, warmup, messages), ALL),
                new Scenario(
                        "roundtrip",
                        "1 outstanding, network round trip of 1 ms after the warm-up",
                        Load.ofCalls(1, 1, warmup, Math.max(1, messages / FEWER_WITH_DELAY)),
                        ALL),
                new Scenario(
                        "routes",
                        "100 routes and subscriptions on one socket, 64 outstanding",
                        new Load(1, 100, false, 1, 64, 0, warmup, messages, 0),
                        ALL),
                new Scenario(
                        "idle",
                        "Idle with 500 routes and subscriptions on five sockets",
                        new Load(1, 500, false, 1, 64, 0, warmup, 0, IDLE_SECONDS),
                        WITHOUT_RECEIVED),
                new Scenario("server", "1 server, 499 followed calls", cluster(1, warmup, messages), WITHOUT_RECEIVED),
                new Scenario(
                        "cluster",
                        "24 servers, 11,976 followed calls, 47,904 participants",
                        cluster(24, warmup, messages),
                        WITHOUT_RECEIVED));
    }

    /** With the list of calls, 499 rosters take all five sockets of a server. */
    private static Load cluster(int servers, int warmup, int messages) {
        return new Load(servers, 499, true, 4, 64, 0, warmup, messages, 0);
    }
}
