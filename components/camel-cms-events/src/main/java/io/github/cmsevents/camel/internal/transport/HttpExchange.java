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

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.channels.ClosedChannelException;

/**
 * One HTTP request on a connection of its own, and the head of its answer.
 *
 * <p>Not Vert.x's HTTP client: it reads bodies that are not wanted, its upgraded connections do not say when bytes are
 * written (4.5), it logs failures that are reported, and its messages contain the request's URI.
 */
final class HttpExchange {

    private final Codec codec = Codec.http();
    private final Promise<HttpAnswer> answer = Promise.promise();
    private final NetSocket connection;

    private HttpExchange(NetSocket connection) {
        this.connection = connection;
    }

    /**
     * Sends the request. When the future completes, the connection is paused and its handlers can be replaced.
     *
     * @param headers other than the host's
     */
    static Future<HttpAnswer> send(
            NetSocket connection, ServerAddress address, HttpMethod method, String uri, HttpHeaders headers) {
        HttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, uri, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
        boolean usualPort = address.port() == (address.tls() ? 443 : 80);
        request.headers().set("Host", address.hostInUrl() + (usualPort ? "" : ":" + address.port()));
        return new HttpExchange(connection).send(request);
    }

    private Future<HttpAnswer> send(HttpRequest request) {
        connection.exceptionHandler(answer::tryFail);
        connection.closeHandler(closed -> answer.tryFail(new ClosedChannelException()));
        connection.handler(this::bytesReceived);
        connection.write(codec.encode(request));
        return answer.future().onComplete(done -> codec.close());
    }

    private void bytesReceived(Buffer bytes) {
        codec.decode(bytes);
        try {
            HttpAnswer complete = HttpAnswer.read(codec);
            if (complete != null) {
                connection.pause();
                answer.tryComplete(complete);
            }
        } catch (IllegalArgumentException e) {
            answer.tryFail(e);
        }
    }
}
