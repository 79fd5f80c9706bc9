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

import io.github.cmsevents.benchmark.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One socket of a client that has no component to manage its subscriptions.
 *
 * @param subscribeRequest the only request on this socket
 */
record HandWrittenSocket(int port, String subscribeRequest) {

    private static final int SUBSCRIPTIONS_PER_SOCKET = 100;

    static List<HandWrittenSocket> all(Load load, List<Integer> ports) {
        List<HandWrittenSocket> sockets = new ArrayList<>();
        for (int server = 0; server < ports.size(); server++) {
            int port = ports.get(server);
            if (load.rosters() == 0) {
                sockets.add(new HandWrittenSocket(
                        port, request("{\"index\":1,\"type\":\"calls\",\"elements\":[\"name\",\"participants\"]}")));
            }
            for (int from = 0; from < load.rosters(); from += SUBSCRIPTIONS_PER_SOCKET) {
                int end = Math.min(load.rosters(), from + SUBSCRIPTIONS_PER_SOCKET);
                sockets.add(new HandWrittenSocket(port, rosters(server, from, end)));
            }
        }
        return sockets;
    }

    static String acknowledgement(Object messageId) {
        return "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + messageId + ",\"status\":\"success\"}}";
    }

    private static String rosters(int server, int from, int end) {
        return request(IntStream.range(from, end)
                .mapToObj(call -> "{\"index\":" + (call + 1) + ",\"type\":\"callRoster\",\"call\":\""
                        + Load.callGuid(server, call) + "\",\"elements\":[\"name\",\"importance\"]}")
                .collect(Collectors.joining(",")));
    }

    private static String request(String subscriptions) {
        return "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\",\"subscriptions\":["
                + subscriptions + "]}}";
    }
}
