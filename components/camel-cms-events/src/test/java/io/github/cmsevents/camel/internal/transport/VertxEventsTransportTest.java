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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertxEventsTransportTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String PASSWORD = "not-to-be-seen-anywhere";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final SeenEvents seen = new SeenEvents();
    private RawServer server;

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class SeenEvents implements EventsSocket.Listener {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final CompletableFuture<CmsEventsConnectionException> closed = new CompletableFuture<>();

        @Override
        public void received(byte[] text, int length) {
            messages.add(new String(text, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(CmsEventsConnectionException why) {
            closed.complete(why);
        }
    }

    private VertxEventsTransport transport(String host, HostResolver resolver, Duration timeout) {
        ServerAddress address = new ServerAddress(false, host, server.port());
        return new VertxEventsTransport(
                vertx,
                address,
                new Credentials("bob", PASSWORD),
                VertxEventsTransport.options(address, null, true, null, timeout),
                timeout,
                1 << 20,
                resolver);
    }

    private VertxEventsTransport transport() {
        return transport("127.0.0.1", HostResolver.SYSTEM, TIMEOUT);
    }

    private <T> T await(Supplier<Future<T>> call) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(turn -> call.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
        return done.get(60, TimeUnit.SECONDS);
    }

    private CmsEventsConnectionException failureOf(Supplier<? extends Future<?>> call) {
        ExecutionException failed = catchThrowableOfType(
                ExecutionException.class, () -> await(() -> call.get().mapEmpty()));
        assertThat(failed).isNotNull();
        return (CmsEventsConnectionException) failed.getCause();
    }

    private EventsSocket open(VertxEventsTransport transport) throws Exception {
        return await(() -> transport.logIn().compose(token -> transport.open(token, seen)));
    }

    private static void assertNoSecretIn(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            assertThat(String.valueOf(current)).doesNotContain(RawServer.TOKEN, PASSWORD);
        }
    }

    /** Returns when the client has closed the connection. */
    private static void readUntilClosed(Socket connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Test
    void logsInAndExchangesMessages() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        server = new RawServer((head, connection) -> {
            if (RawServer.welcome(head, connection)) {
                connection.getOutputStream().write(RawServer.frame(RawServer.TEXT, "one"));
                received.add(readText(connection.getInputStream()));
                connection.getOutputStream().write(RawServer.frame(RawServer.CLOSE, "\u0010\u0000bye\u001b[31m"));
            }
        });
        EventsSocket socket = open(transport());
        socket.send("two");

        assertThat(seen.closed.get(30, TimeUnit.SECONDS))
                .hasMessageContaining("closed the socket (4096, 'bye?')")
                .extracting(CmsEventsConnectionException::getReason)
                .isEqualTo(Reason.LOST);
        assertThat(seen.messages).containsExactly("one");
        assertThat(received).containsExactly("two");
    }

    /** A masked text frame of less than 126 bytes. */
    private static String readText(InputStream in) throws IOException {
        assertThat(in.read()).isEqualTo(0x81);
        int length = in.read() & 0x7f;
        byte[] mask = in.readNBytes(4);
        byte[] content = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            content[i] ^= mask[i % 4];
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    @Test
    void aMessageRightBehindTheUpgradeIsReceivedAfterTheSocket() throws Exception {
        server = new RawServer((head, connection) -> {
            if (head.startsWith("POST")) {
                RawServer.welcome(head, connection);
                return;
            }
            byte[] frame = RawServer.frame(RawServer.TEXT, "early");
            RawServer.send(connection, RawServer.switching(head) + new String(frame, StandardCharsets.ISO_8859_1));
            readUntilClosed(connection);
        });
        VertxEventsTransport transport = transport();
        List<String> order = new CopyOnWriteArrayList<>();
        await(() -> transport.logIn().compose(token -> transport
                .open(token, new EventsSocket.Listener() {
                    @Override
                    public void received(byte[] text, int length) {
                        order.add("message");
                    }

                    @Override
                    public void closed(CmsEventsConnectionException why) {}
                })
                .onSuccess(socket -> order.add("socket"))));

        awaitUntil(() -> order.size() == 2);
        assertThat(order).containsExactly("socket", "message");
    }

    private static void awaitUntil(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"})
    void theHeadOfALoginIsEnough(String length) throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        server = new RawServer((head, connection) -> {
            RawServer.send(connection, RawServer.LOGGED_IN + length + "\r\nx");
            readUntilClosed(connection);
            ended.complete(true);
        });
        assertThat(await(transport()::logIn).value()).isEqualTo(RawServer.TOKEN);
        assertThat(ended.get(30, TimeUnit.SECONDS))
                .as("the connection is closed")
                .isTrue();
    }

    @Test
    void aBodyThatIsResetDoesNotFailALogin() throws Exception {
        server = new RawServer((head, connection) -> {
            connection.setSoLinger(true, 0);
            RawServer.send(connection, RawServer.LOGGED_IN + "\r\n");
            readUntilClosed(connection);
        });
        assertThat(await(transport()::logIn).value()).isEqualTo(RawServer.TOKEN);
    }

    @Test
    void anEndlessBodyOfARefusedUpgradeIsNotRead() throws Exception {
        CompletableFuture<Boolean> cutOff = new CompletableFuture<>();
        server = new RawServer((head, connection) -> {
            if (head.startsWith("POST")) {
                RawServer.welcome(head, connection);
                return;
            }
            RawServer.send(connection, "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n");
            byte[] chunk = new byte[64 * 1024];
            try {
                while (true) {
                    connection.getOutputStream().write(chunk);
                }
            } catch (IOException e) {
                cutOff.complete(true);
            }
        });
        VertxEventsTransport transport = transport();
        CmsEventsConnectionException failure =
                failureOf(() -> transport.logIn().compose(token -> transport.open(token, seen)));

        assertThat(failure).hasMessageContaining("refused the events socket (503)");
        assertThat(failure.getReason()).isEqualTo(Reason.SOCKET_REFUSED);
        assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(cutOff.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endlessHeadersFail() throws Exception {
        server = new RawServer((head, connection) -> {
            RawServer.send(connection, "HTTP/1.1 200 OK\r\n");
            while (true) {
                RawServer.send(connection, "x: y\r\n");
            }
        });
        CmsEventsConnectionException failure = failureOf(transport()::logIn);
        assertThat(failure).hasMessageContaining("headers of more than 8192 bytes");
        assertThat(failure.getReason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void aFloodOfPingsIsNotAnsweredWithoutLimit() throws Exception {
        int pings = 200_000;
        CompletableFuture<Long> pongs = new CompletableFuture<>();
        server = new RawServer((head, connection) -> {
            if (RawServer.welcome(head, connection)) {
                byte[] ping = RawServer.frame(RawServer.PING, "p".repeat(125));
                byte[] many = new byte[ping.length * 1000];
                for (int i = 0; i < 1000; i++) {
                    System.arraycopy(ping, 0, many, i * ping.length, ping.length);
                }
                for (int i = 0; i < pings / 1000; i++) {
                    connection.getOutputStream().write(many);
                }
                connection.getOutputStream().write(RawServer.frame(RawServer.TEXT, "still there"));
                awaitUntil(() -> !seen.messages.isEmpty());
                connection.getOutputStream().write(RawServer.frame(RawServer.CLOSE, ""));
                pongs.complete(connection.getInputStream().transferTo(OutputStream.nullOutputStream()) / 131);
            }
        });
        open(transport());

        assertThat(pongs.get(60, TimeUnit.SECONDS)).isLessThan(pings / 2);
        assertThat(seen.messages).containsExactly("still there");
    }

    @Test
    void aServerThatReadsNothingCanBeAbandoned() throws Exception {
        server = new RawServer((head, connection) -> {
            if (RawServer.welcome(head, connection)) {
                new CountDownLatch(1).await();
            }
        });
        EventsSocket socket = open(transport());
        AtomicInteger unwritten = sendMuch(socket);
        CmsEventsConnectionException why =
                new CmsEventsConnectionException(Reason.LOST, "cms.example.com:443", "given up");
        context.runOnContext(turn -> socket.abandon(why));

        assertThat(seen.closed.get(60, TimeUnit.SECONDS)).isSameAs(why);
        awaitUntil(() -> unwritten.get() > 0);
    }

    /** More than the network holds; the result counts what is never written. */
    private static AtomicInteger sendMuch(EventsSocket socket) {
        AtomicInteger unwritten = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            socket.send("x".repeat(100_000)).onFailure(failed -> unwritten.incrementAndGet());
        }
        return unwritten;
    }

    @Test
    void closingEndsASocketWhoseServerReadsNothing() throws Exception {
        server = new RawServer((head, connection) -> {
            if (RawServer.welcome(head, connection)) {
                new CountDownLatch(1).await();
            }
        });
        VertxEventsTransport transport = transport();
        AtomicInteger unwritten = sendMuch(open(transport));

        await(transport::close);

        assertThat(seen.closed.get(60, TimeUnit.SECONDS).getReason()).isEqualTo(Reason.LOST);
        awaitUntil(() -> unwritten.get() > 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://else.where:8080/login | http://else.where:8080",
                "https://else.where/a/b?c=d#e | https://else.where",
                "https://bob:secret@else.where/ | https://else.where",
            })
    void aRedirectIsReportedAndNotFollowed(String location, String shown) throws Exception {
        server = new RawServer((head, connection) ->
                RawServer.send(connection, "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"));
        assertThat(failureOf(transport()::logIn))
                .hasMessageContaining("redirects the login (302) to '" + shown + "'")
                .hasMessageContaining("write '" + shown + "' in option servers")
                .hasMessageNotContaining("secret");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "\u001b[31mred", "http:///x"})
    void aRedirectToNoOtherServerIsReported(String location) throws Exception {
        server = new RawServer((head, connection) ->
                RawServer.send(connection, "HTTP/1.1 301 Moved\r\nLocation: " + location + "\r\n\r\n"));
        assertThat(failureOf(transport()::logIn))
                .hasMessageContaining("redirects the login (301) to another page")
                .hasMessageNotContaining(location);
    }

    @ParameterizedTest
    @CsvSource({"429,20,20", "503,7200,3600", "503,99999999999,3600", "503,soon,"})
    void aBusyServerMaySayWhenToComeBack(int status, String header, Long seconds) throws Exception {
        server = new RawServer((head, connection) ->
                RawServer.send(connection, "HTTP/1.1 " + status + " Busy\r\nRetry-After: " + header + "\r\n\r\n"));
        CmsEventsConnectionException failure = failureOf(transport()::logIn);
        assertThat(failure.getReason()).isEqualTo(Reason.BUSY);
        assertThat(failure.getRetryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedLoginNamesItsPossibleCauses(int status) throws Exception {
        server = new RawServer((head, connection) -> RawServer.send(connection, "HTTP/1.1 " + status + " No\r\n\r\n"));
        CmsEventsConnectionException failure = failureOf(transport()::logIn);
        assertThat(failure)
                .hasMessageContainingAll("(" + status + ")", "options username and password", "password may be wrong")
                .hasMessageContainingAll("locked", "expired", "change its password at its first login");
        assertThat(failure.getReason()).isEqualTo(Reason.CREDENTIALS);
    }

    @Test
    void aServerThatDoesNotAnswerAnUpgradeShowsNoToken() throws Exception {
        server = new RawServer((head, connection) -> {
            if (head.startsWith("POST")) {
                RawServer.welcome(head, connection);
            } else {
                readUntilClosed(connection);
            }
        });
        VertxEventsTransport transport = transport("127.0.0.1", HostResolver.SYSTEM, Duration.ofSeconds(1));
        AuthToken token = await(transport::logIn);
        CmsEventsConnectionException failure = failureOf(() -> transport.open(token, seen));

        assertThat(failure).hasMessageContaining("did not answer within 1000 ms (option connectTimeout)");
        assertThat(failure.getCause()).isNotNull();
        assertNoSecretIn(failure);
    }

    @Test
    void aFailureKeepsItsCause() throws Exception {
        server = new RawServer((head, connection) -> {});
        VertxEventsTransport transport = transport();
        server.close();
        CmsEventsConnectionException failure = failureOf(transport::logIn);

        assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasCauseInstanceOf(ConnectException.class);
        assertNoSecretIn(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0015\u0003\u0003\u0000\u0002\u0002\n"})
    void aPortThatExpectsTlsIsHintedAt(String answer) throws Exception {
        server = new RawServer((head, connection) -> RawServer.send(connection, answer));
        assertThat(failureOf(transport()::logIn))
                .hasMessageContaining(
                        "if the port expects TLS, write https://127.0.0.1:" + server.port() + " in option servers");
    }

    @Test
    void anUpgradeThatIsNotAWebSocketHandshakeFails() throws Exception {
        server = new RawServer((head, connection) -> RawServer.send(
                connection,
                head.startsWith("POST")
                        ? RawServer.LOGGED_IN + "\r\n"
                        : "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Accept: wrong\r\n\r\n"));
        VertxEventsTransport transport = transport();
        CmsEventsConnectionException failure =
                failureOf(() -> transport.logIn().compose(token -> transport.open(token, seen)));
        assertThat(failure.getReason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void connectsToAnIpv6Address() throws Exception {
        try {
            server = new RawServer(ServerSocketFactory.getDefault(), "::1", this::keepOpen);
        } catch (SocketException e) {
            Assumptions.abort("This machine has no IPv6: " + e.getMessage());
        }
        open(transport("::1", HostResolver.SYSTEM, TIMEOUT));

        assertThat(server.requests()).hasSize(2).allSatisfy(head -> assertThat(head)
                .contains("\r\nHost: [::1]:" + server.port() + "\r\n"));
    }

    private void keepOpen(String head, Socket connection) throws Exception {
        if (RawServer.welcome(head, connection)) {
            readUntilClosed(connection);
        }
    }

    @Test
    void connectsToANameWithAnUnderscore() throws Exception {
        server = new RawServer(this::keepOpen);
        open(transport("cms_1", host -> List.of(InetAddress.getByName("127.0.0.1")), TIMEOUT));

        assertThat(server.requests()).hasSize(2).allSatisfy(head -> assertThat(head)
                .contains("\r\nHost: cms_1:" + server.port() + "\r\n"));
    }

    @Test
    void aNameThatIsKnownLateIsFound() throws Exception {
        server = new RawServer(this::keepOpen);
        AtomicInteger asked = new AtomicInteger();
        VertxEventsTransport transport = transport(
                "cms1",
                host -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new UnknownHostException(host);
                    }
                    return List.of(InetAddress.getByName("127.0.0.1"));
                },
                TIMEOUT);

        assertThat(failureOf(transport::logIn)).hasMessageContaining("has a host name that can't be resolved");
        assertThat(await(transport::logIn).value()).isEqualTo(RawServer.TOKEN);
    }

    @Test
    void anAddressThatFailsGivesWayToTheNext() throws Exception {
        server = new RawServer(this::keepOpen);
        List<InetAddress> addresses = List.of(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 77}),
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        VertxEventsTransport transport = transport("cms1", host -> addresses, TIMEOUT);

        assertThat(failureOf(transport::logIn).getReason()).isEqualTo(Reason.UNREACHABLE);
        for (int i = 0; i < 3; i++) {
            open(transport);
        }
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void closingEndsWhatIsOpenAndWhatIsBeingOpened() throws Exception {
        server = new RawServer((head, connection) -> {
            if (head.startsWith("POST") && server.requests().size() > 2) {
                readUntilClosed(connection);
            }
            keepOpen(head, connection);
        });
        VertxEventsTransport transport = transport();
        open(transport);
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        context.runOnContext(turn -> transport.logIn().onFailure(failed::complete));
        awaitUntil(() -> server.requests().size() == 3);

        await(transport::close);

        assertThat(seen.closed.get(30, TimeUnit.SECONDS).getReason()).isEqualTo(Reason.LOST);
        assertThat(failed.get(30, TimeUnit.SECONDS)).isInstanceOf(CmsEventsConnectionException.class);
    }
}
