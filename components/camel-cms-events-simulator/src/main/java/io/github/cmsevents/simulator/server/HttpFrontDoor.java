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
package io.github.cmsevents.simulator.server;

import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.JournalEntry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the two HTTP requests of the guide's section 4: the login, and the upgrade to the events socket. */
final class HttpFrontDoor extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final String LOGIN_PATH = "/api/v1/authTokens";
    static final String EVENTS_PATH = "/events/v1";
    static final String TOKEN_HEADER = "X-Cisco-CMS-Auth-Token";
    static final int MAX_FRAME = 16 * 1024 * 1024;

    /** The status in the journal when a fault suppressed the reply. */
    private static final int NO_ANSWER = 0;

    private static final Duration RESET_DELAY = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontDoor.class);

    private final SocketRegistry registry;
    private final TokenStore tokens;

    HttpFrontDoor(SocketRegistry registry, TokenStore tokens) {
        this.registry = registry;
        this.tokens = tokens;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        registry.recorder().hostHeader(request.headers().get(HttpHeaderNames.HOST));
        String path = new QueryStringDecoder(request.uri()).rawPath();
        if (request.decoderResult().isFailure()) {
            answerOther(ctx, request, "?", response(HttpResponseStatus.BAD_REQUEST));
        } else if (path.equals(LOGIN_PATH) && request.method().equals(HttpMethod.POST)) {
            login(ctx, request);
        } else if (path.equals(EVENTS_PATH) && request.method().equals(HttpMethod.GET)) {
            upgrade(ctx, request);
        } else if (path.equals(LOGIN_PATH) || path.equals(EVENTS_PATH)) {
            FullHttpResponse response = response(HttpResponseStatus.METHOD_NOT_ALLOWED);
            response.headers().set(HttpHeaderNames.ALLOW, path.equals(LOGIN_PATH) ? HttpMethod.POST : HttpMethod.GET);
            answerOther(ctx, request, path, response);
        } else {
            answerOther(ctx, request, path, response(HttpResponseStatus.NOT_FOUND));
        }
    }

    private void login(ChannelHandlerContext ctx, FullHttpRequest request) {
        registry.recorder().loginRequested();
        if (!registry.options().credentials().match(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            answerLogin(ctx, response(HttpResponseStatus.UNAUTHORIZED));
            return;
        }
        Fault.OfLogin fault = registry.faults().take(Fault.OfLogin.class, 0);
        if (fault == null) {
            grant(ctx);
        } else if (fault instanceof Fault.RefuseLogin refusal) {
            answerLogin(ctx, response(HttpResponseStatus.valueOf(refusal.status())));
        } else if (fault instanceof Fault.AnswerLogin scripted) {
            answerLogin(ctx, scripted);
        } else if (fault instanceof Fault.LoginWithoutToken) {
            answerLogin(ctx, response(HttpResponseStatus.OK));
        } else if (fault instanceof Fault.DelayLogin late) {
            later(ctx, late.delay(), () -> grant(ctx));
        } else {
            journal(new JournalEntry.Login(Instant.now(), NO_ANSWER));
            if (fault instanceof Fault.DropLogin) {
                ctx.close();
            }
        }
    }

    private void grant(ChannelHandlerContext ctx) {
        FullHttpResponse response = response(HttpResponseStatus.OK);
        response.headers().set(TOKEN_HEADER, tokens.issue());
        answerLogin(ctx, response);
    }

    private void answerLogin(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (response.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Meeting Server\"");
        }
        journal(new JournalEntry.Login(Instant.now(), response.status().code()));
        answer(ctx, response);
    }

    private void answerLogin(ChannelHandlerContext ctx, Fault.AnswerLogin scripted) {
        FullHttpResponse response = response(HttpResponseStatus.valueOf(scripted.status()));
        scripted.headers().forEach(response.headers()::set);
        if (scripted.status() == HttpResponseStatus.OK.code()) {
            response.headers().set(TOKEN_HEADER, tokens.issue());
        }
        if (scripted.end() == Fault.ReplyEnd.LENGTH) {
            answerLogin(ctx, response);
            return;
        }
        response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        journal(new JournalEntry.Login(Instant.now(), scripted.status()));
        ChannelFuture written = ctx.writeAndFlush(response);
        if (scripted.end() == Fault.ReplyEnd.FIN) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else if (scripted.end() == Fault.ReplyEnd.RESET) {
            // A moment later, so that the system does not discard the reply with the connection.
            later(ctx, RESET_DELAY, () -> EventsServer.reset(ctx.channel()));
        }
    }

    /** Runs an action after a delay, unless the client has disconnected. */
    private static void later(ChannelHandlerContext ctx, Duration delay, Runnable action) {
        ctx.executor()
                .schedule(
                        () -> {
                            if (ctx.channel().isActive()) {
                                action.run();
                            }
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
        HttpResponseStatus refusal = WebSocketHandshake.refusal(request.headers());
        if (refusal != null) {
            refuse(ctx, refusal);
            return;
        }
        String token = token(request);
        HttpHeaders headers = request.headers();
        if (!isGood(ctx, token)) {
            return;
        }
        Fault.OfUpgrade fault = registry.faults().take(Fault.OfUpgrade.class, 0);
        if (fault == null) {
            open(ctx, headers, token);
        } else if (fault instanceof Fault.RefuseUpgrade refused) {
            refuse(ctx, HttpResponseStatus.valueOf(refused.status()));
        } else if (fault instanceof Fault.DelayUpgrade late) {
            later(ctx, late.delay(), () -> {
                // Another upgrade may have used the token meanwhile.
                if (isGood(ctx, token)) {
                    open(ctx, headers, token);
                }
            });
        } else {
            journal(new JournalEntry.Upgrade(Instant.now(), NO_ANSWER, 0));
            if (fault instanceof Fault.DropUpgrade) {
                ctx.close();
            }
        }
    }

    /** Refuses the upgrade when the token is not valid. */
    private boolean isGood(ChannelHandlerContext ctx, String token) {
        TokenStore.Verdict verdict = tokens.check(token);
        if (verdict == TokenStore.Verdict.USED) {
            registry.recorder().breach(new Breach(Breach.Kind.REUSED_TOKEN, 0, "the token has opened a socket before"));
        }
        if (verdict != TokenStore.Verdict.GOOD) {
            refuse(ctx, HttpResponseStatus.UNAUTHORIZED);
            return false;
        }
        return true;
    }

    private void open(ChannelHandlerContext ctx, HttpHeaders headers, String token) {
        Optional<SocketHandler> socket = registry.open(ctx.channel());
        if (socket.isEmpty()) {
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE);
            return;
        }
        tokens.use(token);
        accept(ctx, headers, socket.get());
    }

    /** The token; empty, which is never valid, when there is none or more than one. */
    private static String token(FullHttpRequest request) {
        try {
            List<String> values =
                    new QueryStringDecoder(request.uri()).parameters().get("authToken");
            return values == null || values.size() != 1 ? "" : values.get(0);
        } catch (IllegalArgumentException badEscape) {
            return "";
        }
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        journal(new JournalEntry.Upgrade(Instant.now(), status.code(), 0));
        FullHttpResponse response = response(status);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketHandshake.VERSION);
        }
        answer(ctx, response);
    }

    private void accept(ChannelHandlerContext ctx, HttpHeaders headers, SocketHandler socket) {
        journal(new JournalEntry.Upgrade(
                Instant.now(), HttpResponseStatus.SWITCHING_PROTOCOLS.code(), socket.number()));
        ctx.writeAndFlush(WebSocketHandshake.acceptance(headers));
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addLast(socket.slowWriter(), new FrameDecoder(MAX_FRAME), new FrameEncoder(), socket);
        pipeline.remove(HttpObjectAggregator.class);
        pipeline.remove(this);
        // Last, because it passes on to the frame decoder what it has read beyond the request.
        pipeline.remove(HttpServerCodec.class);
    }

    private static FullHttpResponse response(HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private void answerOther(
            ChannelHandlerContext ctx, FullHttpRequest request, String path, FullHttpResponse response) {
        journal(new JournalEntry.Request(
                Instant.now(), request.method().name(), path, response.status().code()));
        answer(ctx, response);
    }

    /** Closes the connection afterwards, as in the guide's example. */
    private static void answer(ChannelHandlerContext ctx, FullHttpResponse response) {
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void journal(JournalEntry entry) {
        registry.recorder().journal(entry);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The client disconnected or does not trust the certificate: no failure of the server.
        LOG.debug("HTTP connection failed: {}", cause.toString());
        ctx.close();
    }
}
