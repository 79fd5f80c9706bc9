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

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.fault.FaultPlan;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Injects faults into all sockets or one, at once. Used on the server's thread only. */
public final class FaultInjector {

    private final SocketRegistry registry;
    private final FaultPlan plan;

    public FaultInjector(SocketRegistry registry) {
        this.registry = registry;
        this.plan = registry.faults();
    }

    /** See {@link FaultPlan#arm}. */
    public void arm(Fault fault, int socket, int times) {
        plan.arm(fault, socket, times);
    }

    /** Cancels faults, resets half-open connections, and sends what was held back. */
    public void clear(int socket) {
        plan.clear(socket);
        if (socket == FaultPlan.ANY_SOCKET) {
            registry.occupy(0);
        }
        registry.silent().stream().filter(concerned(socket)).forEach(SocketHandler::reset);
        registry.open().stream().filter(concerned(socket)).forEach(handler -> {
            handler.slowWriter().hurry();
            handler.session().faultsCleared();
        });
    }

    public int reset(int socket) {
        return each("reset", socket, SocketHandler::reset);
    }

    public int close(int socket, int code, String reason) {
        return each("close", socket, handler -> handler.close(code, reason));
    }

    public int hangUp(int socket) {
        return each("hangUp", socket, SocketHandler::hangUp);
    }

    public int silence(int socket) {
        return each("silence", socket, SocketHandler::silence);
    }

    public int sendRaw(int socket, String text) {
        return each("sendRaw", socket, handler -> handler.session().sendRaw(text));
    }

    public int sendMessage(int socket, ObjectNode fields) {
        return each("sendMessage", socket, handler -> handler.session().sendMessage(fields));
    }

    private int each(String name, int socket, Consumer<SocketHandler> action) {
        return count(name, socket, handler -> {
            action.accept(handler);
            return 1;
        });
    }

    public int deactivate(int socket, long index) {
        return count("deactivate", socket, handler -> handler.session().deactivate(index));
    }

    public int deactivate(int socket, String type, String call) {
        return count("deactivate", socket, handler -> handler.session().deactivate(type, call));
    }

    /** Records the fault for each affected socket; returns the number of effects. */
    private int count(String name, int socket, ToIntFunction<SocketHandler> action) {
        int sum = 0;
        for (SocketHandler handler : registry.open()) {
            if (concerned(socket).test(handler)) {
                int done = action.applyAsInt(handler);
                for (int i = 0; i < done; i++) {
                    plan.fired(name, handler.number());
                }
                sum += done;
            }
        }
        return sum;
    }

    private static Predicate<SocketHandler> concerned(int socket) {
        return handler -> socket == FaultPlan.ANY_SOCKET || handler.number() == socket;
    }

    public void occupySockets(int count) {
        registry.occupy(count);
    }

    /** Records a fault of the whole server. */
    public void fired(String name) {
        plan.fired(name, 0);
    }
}
