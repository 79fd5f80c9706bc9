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
import io.github.cmsevents.simulator.SubscriptionSnapshot;
import io.github.cmsevents.simulator.fault.FaultPlan;
import io.github.cmsevents.simulator.protocol.EventSession;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Executes the steps of a conversation on the sockets of a server. Used on the server's thread only. */
public final class ScriptedSockets {

    private final SocketRegistry registry;
    private final FaultPlan faults;

    public ScriptedSockets(SocketRegistry registry) {
        this.registry = registry;
        this.faults = registry.faults();
    }

    /** The first socket after another one whose client lists all of these resources. */
    public OptionalInt listing(List<String> resources, int after) {
        Map<Integer, Set<String>> listed = new TreeMap<>();
        for (SubscriptionSnapshot subscription : registry.subscriptions()) {
            if (subscription.socket() > after && !subscription.state().equals("deactivated")) {
                String call = subscription.call() == null ? "" : " " + subscription.call();
                listed.computeIfAbsent(subscription.socket(), socket -> new HashSet<>())
                        .add(subscription.type() + call);
            }
        }
        return listed.entrySet().stream()
                .filter(entry -> entry.getValue().containsAll(resources))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Whether every message was acknowledged. A client may close its socket right after that.
     *
     * @throws IllegalStateException when the socket was closed before
     */
    public boolean isIdle(int socket) {
        return registry.isClosedIdle(socket) || session(socket).isIdle();
    }

    /** Sends a message if all earlier ones are acknowledged; returns whether it did. */
    public boolean send(int socket, ObjectNode message) {
        return ifIdle(socket, session -> session.sendScripted(message));
    }

    /** Sends a frame if all earlier messages are acknowledged; returns whether it did. */
    public boolean sendFrame(int socket, String frame) {
        return ifIdle(socket, session -> session.sendScriptedFrame(frame));
    }

    private boolean ifIdle(int socket, Consumer<EventSession> action) {
        EventSession session = session(socket);
        if (!session.isIdle()) {
            return false;
        }
        action.accept(session);
        return true;
    }

    private EventSession session(int socket) {
        return registry.open().stream()
                .filter(handler -> handler.number() == socket)
                .map(SocketHandler::session)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("socket " + socket + " is closed"));
    }

    /** Answers logins from now on, one after the other; the last answer holds for all further ones. */
    public void answerLogins(List<Fault.AnswerLogin> answers) {
        faults.cancel(Fault.OfLogin.class);
        int last = answers.size() - 1;
        for (int i = 0; i <= last; i++) {
            faults.arm(answers.get(i), FaultPlan.ANY_SOCKET, i == last ? FaultPlan.UNTIL_CLEARED : 1);
        }
    }
}
