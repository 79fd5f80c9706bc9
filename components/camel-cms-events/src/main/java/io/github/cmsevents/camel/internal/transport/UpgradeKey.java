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

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key of a WebSocket upgrade, which the server has to sign (RFC 6455, section 1.3). Not Netty's handshaker: it takes a
 * URI, which can't have a host with an underscore.
 */
record UpgradeKey(String value) {

    private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    static UpgradeKey create() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return new UpgradeKey(Base64.getEncoder().encodeToString(random));
    }

    /** The headers of the request. */
    HttpHeaders headers() {
        return new DefaultHttpHeaders()
                .set("Connection", "Upgrade")
                .set("Upgrade", "websocket")
                .set("Sec-WebSocket-Version", "13")
                .set("Sec-WebSocket-Key", value);
    }

    boolean isAnsweredBy(HttpAnswer answer) {
        return "websocket".equalsIgnoreCase(answer.header("Upgrade"))
                && expected().equals(answer.header("Sec-WebSocket-Accept"));
    }

    private String expected() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((value + SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
