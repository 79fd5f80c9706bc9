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
package io.github.cmsevents.camel.internal.content;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** A Vert.x event loop without a thread, which runs what hops onto it when it is told to, and whose time is the test's. */
public final class EventLoopStandIn {

    private final Deque<Handler<Void>> hops = new ArrayDeque<>();
    private final Map<Long, Timer> timers = new TreeMap<>();
    private long now;
    private long lastTimer;

    private record Timer(long id, long due, Handler<Long> handler) {}

    @SuppressWarnings("unchecked") // what runOnContext takes is a handler
    public Context context() {
        return standIn(Context.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "runOnContext" -> {
                hops.add((Handler<Void>) arguments[0]);
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** Its timers are this event loop's. */
    @SuppressWarnings("unchecked") // what setTimer takes is a handler
    public Vertx vertx() {
        return standIn(Vertx.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setTimer" -> {
                long id = ++lastTimer;
                timers.put(id, new Timer(id, now + (Long) arguments[0], (Handler<Long>) arguments[1]));
                yield id;
            }
            case "cancelTimer" -> timers.remove((Long) arguments[0]) != null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T standIn(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** How many timers are set. */
    public int timers() {
        return timers.size();
    }

    public void runAll() {
        while (!hops.isEmpty()) {
            hops.remove().handle(null);
        }
    }

    /** Lets this much time go by, and what is due in it happen. */
    public void advance(Duration time) {
        long until = now + time.toMillis();
        runAll();
        Timer next = nextDue(until);
        while (next != null) {
            now = next.due;
            timers.remove(next.id);
            next.handler.handle(next.id);
            runAll();
            next = nextDue(until);
        }
        now = until;
    }

    private Timer nextDue(long until) {
        return timers.values().stream()
                .filter(timer -> timer.due <= until)
                .min(Comparator.comparingLong(Timer::due))
                .orElse(null);
    }
}
