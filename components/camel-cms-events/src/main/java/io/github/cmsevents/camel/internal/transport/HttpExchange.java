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
package io.github.cmsevents.camel.internal.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One HTTP request on a connection of its own, and the head of its answer.
 *
 * <p>Not Vert.x's HTTP client: it reads bodies that are not wanted, its upgraded connections do not say when bytes are
 * written (4.5), it logs failures that are reported, and its messages contain the request's URI.
 */
final class HttpExchange {

    private HttpExchange() {}

    /**
     * Sends the request. When the future completes, the connection is paused and its handlers can be replaced.
     *
     * @param request the request line and the headers, without the one for the host
     */
    static Future<HttpAnswer> send(
            NetSocket connection, ServerAddress address, String requestLine, Map<String, String> headers) {
        Promise<HttpAnswer> answer = Promise.promise();
        Buffer received = Buffer.buffer();
        connection.exceptionHandler(answer::tryFail);
        connection.closeHandler(closed -> answer.tryFail(new ClosedChannelException()));
        connection.handler(bytes -> {
            if (answer.future().isComplete()) {
                return;
            }
            try {
                HttpAnswer complete = HttpAnswer.read(received.appendBuffer(bytes));
                if (complete != null) {
                    connection.pause();
                    answer.complete(complete);
                }
            } catch (IllegalArgumentException e) {
                answer.fail(e);
            }
        });
        connection.write(text(address, requestLine, headers));
        return answer.future();
    }

    private static Buffer text(ServerAddress address, String requestLine, Map<String, String> headers) {
        boolean usualPort = address.port() == (address.tls() ? 443 : 80);
        StringBuilder text = new StringBuilder(requestLine).append(" HTTP/1.1\r\nHost: ");
        text.append(address.hostInUrl()).append(usualPort ? "" : ":" + address.port());
        headers.forEach(
                (name, value) -> text.append("\r\n").append(name).append(": ").append(value));
        return Buffer.buffer(text.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
