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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/**
 * What the load server sends in one run. The updates begin when the client has all of its subscriptions and has
 * acknowledged their first content.
 *
 * @param servers      Meeting Servers, each on a port of its own
 * @param rosters      rosters per server that the client subscribes to; 0: it subscribes to the list of calls, with one
 *                     call
 * @param follow       the component finds the rosters itself, with one route for all calls, instead of one route each
 * @param participants in each roster
 * @param outstanding  messages that may wait for their acknowledgement, over all sockets; 1 as a Meeting Server does it
 * @param delayMillis  from an acknowledgement to the next message, once the warm-up is over: the network's round trip
 * @param warmup       messages that are sent first and not measured
 * @param messages     messages that are measured, each with one update
 * @param idleSeconds  after the last message, how long to measure the CPU of the idle client; 0: not at all
 */
public record Load(
        int servers,
        int rosters,
        boolean follow,
        int participants,
        int outstanding,
        int delayMillis,
        int warmup,
        int messages,
        int idleSeconds) {

    /** The id of the first message with an update; messages with lower ids set the subscriptions up. */
    public static final int FIRST_UPDATE_ID = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    public Load {
        if (servers < 1 || outstanding < 1 || warmup < 1 || messages < 0) {
            throw new IllegalArgumentException("A load needs a server, an outstanding message and a warm-up: servers "
                    + servers + ", outstanding " + outstanding + ", warmup " + warmup + ", messages " + messages);
        }
    }

    /** One server, one route for the list of calls, in which there is one call. */
    public static Load ofCalls(int outstanding, int delayMillis, int warmup, int messages) {
        return new Load(1, 0, false, 0, outstanding, delayMillis, warmup, messages, 0);
    }

    public int total() {
        return warmup + messages;
    }

    /** The subscriptions that receive updates, over all servers. */
    public int subscriptions() {
        return servers * Math.max(1, rosters);
    }

    public static String callGuid(int server, int call) {
        return String.format("%08x-%04x-4000-8000-000000000000", call, server);
    }

    public String toJson() {
        return write(this);
    }

    public static Load ofJson(String json) {
        return read(json, Load.class);
    }

    /** Both sides of a run report in one line of JSON. */
    public static String write(Object report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Not a report of type " + type.getSimpleName() + ": " + json, e);
        }
    }
}
