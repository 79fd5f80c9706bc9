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
package io.github.cmsevents.camel.feed;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;

/** A Vert.x context that runs what hops onto it when it is told to. */
final class EventLoopStandIn {

    private final Deque<Handler<Void>> hops = new ArrayDeque<>();

    @SuppressWarnings("unchecked") // what runOnContext takes is a handler
    Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (!"runOnContext".equals(method.getName())) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    hops.add((Handler<Void>) arguments[0]);
                    return null;
                });
    }

    int waiting() {
        return hops.size();
    }

    void runAll() {
        while (!hops.isEmpty()) {
            hops.remove().handle(null);
        }
    }
}
