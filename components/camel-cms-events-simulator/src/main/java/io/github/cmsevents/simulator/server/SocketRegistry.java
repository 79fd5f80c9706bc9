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
import io.github.cmsevents.simulator.SubscriptionSnapshot;
import io.github.cmsevents.simulator.fault.FaultPlan;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.protocol.EventSession;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The open sockets and the limit on their number. Used on the server's thread only. */
public final class SocketRegistry {

    private final Meetings meetings;
    private final ServerOptions options;
    private final Recorder recorder;
    private final FaultPlan faults;
    private final Set<SocketHandler> open = new LinkedHashSet<>();
    /** Half-open sockets, which do not count towards the limit. */
    private final Set<SocketHandler> silent = new LinkedHashSet<>();
    /** The numbers of sockets whose clients had acknowledged everything when they closed. */
    private final Set<Integer> closedIdle = new HashSet<>();
    /** The number of sockets that other clients occupy. */
    private int occupied;

    private int lastNumber;

    public SocketRegistry(Meetings meetings, ServerOptions options, Recorder recorder, FaultPlan faults) {
        this.meetings = meetings;
        this.options = options;
        this.recorder = recorder;
        this.faults = faults;
    }

    Meetings meetings() {
        return meetings;
    }

    ServerOptions options() {
        return options;
    }

    Recorder recorder() {
        return recorder;
    }

    FaultPlan faults() {
        return faults;
    }

    /** Opens one more socket; empty when the limit is reached, which is a breach unless other clients occupy sockets. */
    Optional<SocketHandler> open(Channel channel) {
        if (open.size() >= options.maxSockets()) {
            recorder.breach(new Breach(
                    Breach.Kind.TOO_MANY_SOCKETS, 0, "socket refused: " + open.size() + " are open already"));
            return Optional.empty();
        }
        if (open.size() + occupied >= options.maxSockets()) {
            faults.fired("occupySockets", 0);
            return Optional.empty();
        }
        SocketHandler socket = new SocketHandler(++lastNumber, channel, this);
        open.add(socket);
        return Optional.of(socket);
    }

    void closed(SocketHandler socket) {
        if (open.contains(socket) && socket.session().isIdle()) {
            closedIdle.add(socket.number());
        }
        open.remove(socket);
        silent.remove(socket);
    }

    /** The socket is half-open from now on and does not count any more. */
    void silenced(SocketHandler socket) {
        open.remove(socket);
        silent.add(socket);
    }

    boolean isClosedIdle(int socket) {
        return closedIdle.contains(socket);
    }

    /** A copy, because a socket that closes leaves the set. */
    List<SocketHandler> open() {
        return List.copyOf(open);
    }

    List<SocketHandler> silent() {
        return List.copyOf(silent);
    }

    void occupy(int places) {
        occupied = places;
    }

    /** Passes changes of the model to every socket. */
    public void changed(List<CallChange> changes) {
        forEach(socket -> socket.session().changed(changes));
    }

    public void closeAll(int code, String reason) {
        forEach(socket -> socket.close(code, reason));
    }

    public void resetAll() {
        forEach(SocketHandler::reset);
    }

    private void forEach(Consumer<SocketHandler> action) {
        open().forEach(action);
    }

    public int count() {
        return open.size();
    }

    public int unacked() {
        return sum(EventSession::unacked);
    }

    public int queued() {
        return sum(EventSession::queued);
    }

    private int sum(ToIntFunction<EventSession> figure) {
        return open.stream().map(SocketHandler::session).mapToInt(figure).sum();
    }

    public List<SubscriptionSnapshot> subscriptions() {
        return open.stream()
                .flatMap(socket -> socket.session().subscriptions().stream()
                        .map(info -> new SubscriptionSnapshot(
                                socket.number(),
                                info.index(),
                                info.type(),
                                info.call(),
                                info.elements(),
                                info.state())))
                .toList();
    }
}
