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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.benchmark.Load;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;

/** A client's socket: reads what the client sends and sets its subscriptions up, one message at a time. */
final class LoadSocket {

    // As live servers send the first content of a roster.
    private static final int ROWS_PER_MESSAGE = 10;

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();

    private final ServerWebSocket webSocket;
    private final int server;
    private final Load load;
    private final LoadRun run;
    private final Map<Integer, Subscription> subscriptions = new HashMap<>();
    /** Type and content of the messages that set subscriptions up. */
    private final Queue<String> setUp = new ArrayDeque<>();

    private int lastSetUpId;
    private boolean ready = true;

    LoadSocket(ServerWebSocket webSocket, int server, Load load, LoadRun run) {
        this.webSocket = webSocket;
        this.server = server;
        this.load = load;
        this.run = run;
        webSocket.textMessageHandler(this::received);
        webSocket.closeHandler(closed -> run.closed(this));
    }

    /** Whether the client has acknowledged everything that sets its subscriptions up. */
    boolean isReady() {
        return ready;
    }

    private void received(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            parser.nextToken();
            if (parser.nextToken() == JsonToken.VALUE_STRING && "messageAck".equals(parser.getText())) {
                acknowledged(messageId(parser));
            } else {
                requested(TREES.readTree(text).path("message"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The client sent a message that is not JSON", e);
        }
    }

    private static long messageId(JsonParser parser) throws IOException {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.FIELD_NAME && "messageId".equals(parser.currentName())) {
                return parser.nextLongValue(-1);
            }
        }
        return -1;
    }

    private void acknowledged(long messageId) {
        if (messageId >= Load.FIRST_UPDATE_ID) {
            run.acknowledged(this, messageId - Load.FIRST_UPDATE_ID);
        } else if (ready || messageId != lastSetUpId) {
            run.unexpected();
        } else {
            ready = true;
            continueSetUp();
        }
    }

    private void requested(JsonNode message) {
        if (!"subscribeRequest".equals(message.path("type").asText())) {
            run.unexpected();
            return;
        }
        webSocket.writeFinalTextFrame("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":"
                + message.path("messageId").asLong() + ",\"status\":\"success\"}}");
        List<Subscription> added = new ArrayList<>();
        for (JsonNode entry : message.path("subscriptions")) {
            Subscription subscription = new Subscription(entry);
            if (subscriptions.putIfAbsent(subscription.index, subscription) == null) {
                added.add(subscription);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        setUp.add(states(added, "pending"));
        setUp.add(states(added, "active"));
        added.forEach(Subscription::addFirstContent);
        added.forEach(run::subscribed);
        if (ready) {
            continueSetUp();
        }
    }

    private void continueSetUp() {
        String next = setUp.poll();
        if (next == null) {
            run.socketReady();
        } else {
            ready = false;
            lastSetUpId++;
            send(lastSetUpId, next);
        }
    }

    private void send(int messageId, String typeAndContent) {
        if (!webSocket.isClosed()) {
            webSocket.writeFinalTextFrame(
                    "{\"type\":\"message\",\"message\":{\"messageId\":" + messageId + ',' + typeAndContent + "}}");
        }
    }

    private static String states(List<Subscription> added, String state) {
        return added.stream()
                .map(subscription -> "{\"index\":" + subscription.index + ",\"state\":\"" + state + "\"}")
                .collect(Collectors.joining(",", "\"type\":\"subscriptionUpdate\",\"subscriptions\":[", "]"));
    }

    /** The list of calls or one roster. Its updates change one record after the other. */
    final class Subscription {

        private final int index;
        private final boolean roster;
        private final boolean withCorrelator;
        private final String before;
        private final String[] keys;
        private int next;

        private Subscription(JsonNode entry) {
            index = entry.path("index").asInt();
            roster = entry.has("call");
            withCorrelator = !roster && entry.path("elements").toString().contains("\"callCorrelator\"");
            before = "\"type\":\"" + (roster ? "rosterUpdate" : "callListUpdate") + "\",\"subscriptionIndex\":" + index
                    + ",\"updates\":[";
            String call = entry.path("call").asText();
            keys = new String[roster ? load.participants() : Math.max(1, load.rosters())];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = roster
                        ? call.substring(0, call.length() - 8) + String.format("%08x", i + 1)
                        : Load.callGuid(server, i);
            }
        }

        boolean isRoster() {
            return roster;
        }

        LoadSocket socket() {
            return LoadSocket.this;
        }

        void sendUpdate(int sequence) {
            int record = next;
            next = (next + 1) % keys.length;
            send(Load.FIRST_UPDATE_ID + sequence, before + row(record, "update", sequence) + ']');
        }

        private void addFirstContent() {
            for (int from = 0; from < keys.length; from += ROWS_PER_MESSAGE) {
                StringBuilder rows = new StringBuilder(before);
                int end = Math.min(keys.length, from + ROWS_PER_MESSAGE);
                for (int i = from; i < end; i++) {
                    rows.append(i == from ? "" : ",").append(row(i, "add", 0));
                }
                setUp.add(rows.append(']').toString());
            }
        }

        /** @param number by it the client knows the update again */
        private String row(int record, String updateType, int number) {
            return (roster ? "{\"participant\":\"" : "{\"call\":\"") + keys[record] + "\",\"updateType\":\""
                    + updateType
                    + "\",\"name\":\"Weekly review " + record
                    + (roster ? "\",\"importance\":" : "\",\"participants\":") + number
                    + (withCorrelator ? ",\"callCorrelator\":\"c" + keys[record].substring(1) + "\"}" : "}");
        }
    }
}
