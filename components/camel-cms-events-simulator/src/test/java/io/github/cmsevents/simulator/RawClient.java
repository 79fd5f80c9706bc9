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
package io.github.cmsevents.simulator;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends any bytes, valid or not. */
final class RawClient implements AutoCloseable {

    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int FIN = 0x80;

    /** One frame of the server. */
    record Received(int firstByte, byte[] payload) {
        int opcode() {
            return firstByte & 0xF;
        }

        int closeCode() {
            return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }

        String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    RawClient(MeetingServerSimulator server) throws IOException {
        socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static RawClient upgraded(MeetingServerSimulator server) throws IOException {
        RawClient client = new RawClient(server);
        String token = TestClient.login(java.net.http.HttpClient.newHttpClient(), server);
        String answer = client.request(upgradeRequest(token));
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(answer);
        }
        return client;
    }

    static String loginRequest() {
        return "POST /api/v1/authTokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                + "Authorization: Basic YXBpdXNlcjpzZWNyZXQ=\r\n\r\n";
    }

    static String upgradeRequest(String token) {
        return "GET /events/v1?authToken=" + token + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: lGaahHe/KdA9lPdPxAlZfw==\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";
    }

    /** Sends bytes as they are and reads the head of the answer. */
    String request(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void frame(int firstByte, String payload) throws IOException {
        send(frameBytes(firstByte, true, payload.getBytes(StandardCharsets.UTF_8)));
    }

    void frame(int firstByte, byte[] payload) throws IOException {
        send(frameBytes(firstByte, true, payload));
    }

    void unmasked(int firstByte, String payload) throws IOException {
        send(frameBytes(firstByte, false, payload.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] frameBytes(int firstByte, boolean masked, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int maskBit = masked ? 0x80 : 0;
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(maskBit | payload.length);
        } else {
            frame.write(maskBit | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        byte[] mask = {0x11, 0x22, 0x33, 0x44};
        if (masked) {
            frame.writeBytes(mask);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ mask[i % 4] : payload[i]);
        }
        return frame.toByteArray();
    }

    Received read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if ((length & 0x80) != 0) {
            throw new AssertionError("A server must not mask");
        }
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        return new Received(first, in.readNBytes(length));
    }

    /** Sends bytes as they are, without waiting for an answer. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether all received data has been read. */
    boolean hasNothing() throws IOException {
        return in.available() == 0;
    }

    /** Whether the server has closed the TCP connection, properly. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
