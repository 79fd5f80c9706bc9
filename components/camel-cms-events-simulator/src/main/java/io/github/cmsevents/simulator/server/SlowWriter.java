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

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.fault.SocketFaults;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Writes frames as they are or, where a fault wants it, a few bytes at a time. Whatever it is, the order stays. */
final class SlowWriter extends ChannelOutboundHandlerAdapter {

    private final SocketFaults faults;
    /** The queued frames; the first one is being written. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private ChannelHandlerContext context;

    /** @param drip null for a frame that is queued behind a slow one */
    private record Waiting(ByteBuf bytes, Fault.Drip drip, ChannelPromise promise) {}

    SlowWriter(SocketFaults faults) {
        this.faults = faults;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        discard();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Fault.Drip drip = faults.take(Fault.Drip.class);
        if (drip == null && waiting.isEmpty()) {
            ctx.write(message, promise);
            return;
        }
        waiting.add(new Waiting((ByteBuf) message, drip, promise));
        if (waiting.size() == 1) {
            goOn();
        }
    }

    private void goOn() {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peek();
            if (first.drip() != null
                    && first.bytes().readableBytes() > first.drip().bytes()) {
                context.writeAndFlush(
                        first.bytes().readRetainedSlice(first.drip().bytes()));
                context.executor()
                        .schedule(() -> goOnWith(first), first.drip().pause().toNanos(), TimeUnit.NANOSECONDS);
                return;
            }
            waiting.remove();
            context.writeAndFlush(first.bytes(), first.promise());
        }
    }

    /** Does nothing when the frame was hurried or discarded meanwhile. */
    private void goOnWith(Waiting expected) {
        if (waiting.peek() == expected) {
            goOn();
        }
    }

    /** Writes all queued frames at once. */
    void hurry() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.remove();
            context.writeAndFlush(next.bytes(), next.promise());
        }
    }

    /** Discards all queued frames. */
    void discard() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.remove();
            next.bytes().release();
            next.promise().tryFailure(new ClosedChannelException());
        }
    }
}
