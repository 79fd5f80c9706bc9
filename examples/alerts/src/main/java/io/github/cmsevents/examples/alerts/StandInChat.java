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
package io.github.cmsevents.examples.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;

/** Prints what a chat would get, where {@code alerts.webhook} is not set. */
public final class StandInChat extends MainListenerSupport {

    private HttpServer chat;

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        PropertiesComponent properties = main.getCamelContext().getPropertiesComponent();
        if (properties.resolveProperty("alerts.webhook").isPresent()) {
            return;
        }
        try {
            chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port for the stand-in of the chat", e);
        }
        chat.createContext("/", StandInChat::print);
        chat.start();
        properties.addOverrideProperty(
                "alerts.webhook", "http://127.0.0.1:" + chat.getAddress().getPort() + "/");
    }

    private static void print(HttpExchange post) throws IOException {
        try (post) {
            System.out.println(
                    "The chat got " + new String(post.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            post.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        if (chat != null) {
            chat.stop(0);
        }
    }
}
