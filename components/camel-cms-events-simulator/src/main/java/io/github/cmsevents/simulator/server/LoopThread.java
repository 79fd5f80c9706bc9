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

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The only thread for the sockets and meetings of a server. A daemon; it starts at its first use. */
public final class LoopThread implements AutoCloseable {

    private static final long SHUTDOWN_SECONDS = 10;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1, this::newThread);
    private final EventLoop loop = group.next();
    private volatile Thread thread;

    private Thread newThread(Runnable work) {
        thread = new FastThreadLocalThread(work, "meeting-server-simulator");
        thread.setDaemon(true);
        return thread;
    }

    NioEventLoopGroup group() {
        return group;
    }

    public ScheduledExecutorService scheduler() {
        return loop;
    }

    /** Whether the caller is on this thread, where waiting for it would never end. */
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    /** Runs work on this thread and waits for the result; runs it directly when called on this thread. */
    public <T> T call(Callable<T> work) {
        if (isCurrent()) {
            return callHere(work);
        }
        return await(unlessClosed(() -> loop.submit(work)));
    }

    /** Runs work on this thread, after earlier work, without waiting. */
    public Future<?> start(Runnable work) {
        return unlessClosed(() -> loop.submit(work));
    }

    /** Runs work on this thread after a delay, without waiting. */
    public void later(Runnable work, Duration delay) {
        unlessClosed(() -> loop.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static <T> T unlessClosed(Supplier<T> work) {
        try {
            return work.get();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The simulator is closed", e);
        }
    }

    /** Runs work on this thread and waits until it has ended. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    private static <T> T callHere(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw unchecked(e);
        }
    }

    /** Waits for work on this thread; not to be called on it. */
    public static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the simulator", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    public boolean isClosed() {
        return group.isShuttingDown();
    }

    /** Ends the thread and waits for its end; not to be called on it. */
    @Override
    public void close() {
        Future<?> terminated = group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        await(terminated);
        try {
            // The event loop has terminated, but its thread has not ended yet.
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(SHUTDOWN_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
