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
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;

/** A connection, made by a client of its own so that it can be ended while it is being made. */
final class Connection {

    private final NetClient client;
    private volatile NetSocket socket;

    Connection(NetClient client) {
        this.client = client;
    }

    Future<NetSocket> open(SocketAddress server) {
        return client.connect(server).onSuccess(connected -> socket = connected);
    }

    /** Ends the connection at once. */
    Future<Void> end() {
        // To close the client is not enough: it waits until the server has read all that was written.
        if (socket instanceof NetSocketInternal connected) {
            connected.channelHandlerContext().close();
        }
        return client.close();
    }
}
