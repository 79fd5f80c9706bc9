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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** Accepts connections and answers bytes exactly as a test says, on one thread for each connection. */
final class RawServer implements AutoCloseable {

    static final String TOKEN = "a-token-not-to-be-seen";
    static final String LOGGED_IN = "HTTP/1.1 200 OK\r\nx-cisco-cms-auth-token: " + TOKEN + "\r\n";

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;

    interface Conversation {
        /** Closes the connection when it returns. */
        void answer(String requestHead, Socket connection) throws Exception;
    }

    private final ServerSocket server;
    private final Conversation conversation;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    RawServer(Conversation conversation) throws IOException {
        this(ServerSocketFactory.getDefault(), "127.0.0.1", conversation);
    }

    RawServer(ServerSocketFactory factory, String host, Conversation conversation) throws IOException {
        this.conversation = conversation;
        server = factory.createServerSocket(0, 50, InetAddress.getByName(host));
        server.setReceiveBufferSize(16 * 1024);
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket connection = server.accept();
            connections.add(connection);
            start(() -> serve(connection));
        }
    }

    private void serve(Socket connection) throws Exception {
        try (connection) {
            String head = readHead(connection.getInputStream());
            if (!head.isEmpty()) {
                requests.add(head);
                conversation.answer(head, connection);
            }
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Answers a login with a token, and an upgrade with a socket; returns whether it is now a socket. */
    static boolean welcome(String head, Socket connection) throws Exception {
        if (head.startsWith("POST")) {
            send(connection, LOGGED_IN + "Content-Length: 0\r\n\r\n");
            return false;
        }
        send(connection, switching(head));
        return true;
    }

    static String switching(String head) throws Exception {
        Matcher key = Pattern.compile("(?i)sec-websocket-key: (\\S+)").matcher(head);
        if (!key.find()) {
            throw new AssertionError("No key in " + head);
        }
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
    }

    /** A frame as a server sends it, of less than 126 bytes. */
    static byte[] frame(int opcode, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[bytes.length + 2];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 2, bytes.length);
        return frame;
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                // The other side closed the connection, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
