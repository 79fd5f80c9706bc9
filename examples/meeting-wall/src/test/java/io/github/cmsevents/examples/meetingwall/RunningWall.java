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
package io.github.cmsevents.examples.meetingwall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.apache.camel.main.Main;

/** The example in this process, in front of the Meeting Servers of a test. It can be stopped and started again. */
final class RunningWall implements AutoCloseable {

    private final String servers;
    private final int port = freePort();
    private Main main;

    RunningWall(String servers) {
        this.servers = servers;
        start();
    }

    void start() {
        main = new Main();
        main.addOverrideProperty("cms.servers", servers);
        main.addOverrideProperty("cms.username", "admin");
        main.addOverrideProperty("cms.password", "admin");
        main.addOverrideProperty("wall.port", String.valueOf(port));
        main.addOverrideProperty("wall.title", "Rooms");
        // More than the time between heartbeats, less than the default.
        main.addOverrideProperty("wall.stalledTimeout", "10");
        main.addOverrideProperty("camel.component.cms-events.resyncQuietPeriod", "500");
        main.addOverrideProperty("camel.component.cms-events.reconnectInitialDelay", "200");
        main.addOverrideProperty("camel.component.cms-events.reconnectMaxDelay", "1000");
        main.start();
    }

    void stop() {
        main.stop();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    int port() {
        return port;
    }

    /** The WebSocket component sends to all peers of a port by its number: 0 for any does not work there. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
