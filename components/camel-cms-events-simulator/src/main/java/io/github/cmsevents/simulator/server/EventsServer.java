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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Listens on the web administration port, which serves both the login and the events (guide, section 1). */
public final class EventsServer {

    /** The path of the events WebSocket. */
    public static final String EVENTS_PATH = HttpFrontDoor.EVENTS_PATH;

    private static final int GOING_AWAY = 1001;
    private static final int MAX_REQUEST_BODY = 64 * 1024;

    private final LoopThread thread;
    private final SocketRegistry registry;
    private final TokenStore tokens;
    private final ChannelGroup connections;
    private volatile Channel listener;
    private volatile SslContext tls;

    public EventsServer(LoopThread thread, SocketRegistry registry) {
        this.thread = thread;
        this.registry = registry;
        this.tls = registry.options().tls();
        this.connections = new DefaultChannelGroup(thread.group().next());
        this.tokens = new TokenStore(registry.options().reusableTokens());
    }

    /** Starts listening; returns the port. Not to be called on the server's thread. */
    public synchronized int start(String host, int port) {
        requireOtherThread();
        if (thread.isClosed()) {
            throw new IllegalStateException("The simulator is closed");
        }
        if (listener != null) {
            throw new IllegalStateException("The simulator is running already");
        }
        listener = bind(host, port);
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private Channel bind(String host, int port) {
        ChannelFuture binding = new ServerBootstrap()
                .group(thread.group())
                .channel(NioServerSocketChannel.class)
                // A restart needs the same port at once.
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connected(channel);
                    }
                })
                .bind(host, port)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new UncheckedIOException(new IOException(
                    "Cannot listen on " + host + ":" + port + ": "
                            + binding.cause().getMessage(),
                    binding.cause()));
        }
        return binding.channel();
    }

    private void connected(SocketChannel channel) {
        connections.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc()));
        }
        pipeline.addLast(
                new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST_BODY), new HttpFrontDoor(registry, tokens));
    }

    /** Uses another certificate for new connections. */
    public void changeTls(SslContext other) {
        tls = other;
    }

    /** Closes all connections and invalidates all tokens; does nothing when stopped. Not to be called on the server's thread. */
    public synchronized void stop() {
        requireOtherThread();
        if (listener == null) {
            return;
        }
        LoopThread.await(listener.close());
        listener = null;
        thread.run(() -> {
            registry.closeAll(GOING_AWAY, "Meeting Server stops");
            tokens.forgetAll();
        });
        LoopThread.await(connections.close());
        awaitSelector();
    }

    /** Stops and resets all connections. Not to be called on the server's thread. */
    public synchronized void crash() {
        requireOtherThread();
        if (listener == null) {
            return;
        }
        LoopThread.await(listener.close());
        listener = null;
        thread.run(() -> {
            registry.resetAll();
            // Connections that are no open sockets: half-open, closing, or not upgraded yet.
            connections.stream().filter(Channel::isOpen).forEach(EventsServer::reset);
            tokens.forgetAll();
        });
        LoopThread.await(connections.close());
        awaitSelector();
    }

    /** Resets a TCP connection. */
    static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            // The client has closed it meanwhile: nothing is left to reset.
            return;
        }
        // Bypasses the pipeline: TLS would send a close first.
        channel.unsafe().close(channel.voidPromise());
    }

    /**
     * The system releases a closed port only after the next round of the selector. A task that the loop itself schedules runs
     * in a later round; one of another thread may still run in the current round.
     */
    private void awaitSelector() {
        LoopThread.await(thread.call(() -> thread.scheduler().schedule(() -> {}, 0, TimeUnit.MILLISECONDS)));
    }

    public boolean isRunning() {
        return listener != null;
    }

    private void requireOtherThread() {
        if (thread.isCurrent()) {
            throw new IllegalStateException("Cannot start or stop the simulator on its own thread");
        }
    }
}
