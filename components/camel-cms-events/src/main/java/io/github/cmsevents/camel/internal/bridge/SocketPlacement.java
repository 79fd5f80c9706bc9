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
package io.github.cmsevents.camel.internal.bridge;

import io.github.cmsevents.camel.internal.transport.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which of a server's sockets a subscription is on: the first one with room, so that subscriptions do not move without need and
 * few sockets are taken. What finds no room waits for it.
 */
final class SocketPlacement {

    private final int maxSockets;
    private final Supplier<BridgeSocket> newSocket;
    private final EventLoop loop;
    private final Runnable whenRoomIsLeft;
    private final List<BridgeSocket> sockets = new ArrayList<>();
    private final Set<BridgeSubscription> waiting = new LinkedHashSet<>();
    private boolean reviewing;

    /** @param whenRoomIsLeft run when there is room, and nothing waits for it here */
    SocketPlacement(int maxSockets, Supplier<BridgeSocket> newSocket, EventLoop loop, Runnable whenRoomIsLeft) {
        this.maxSockets = maxSockets;
        this.newSocket = newSocket;
        this.loop = loop;
        this.whenRoomIsLeft = whenRoomIsLeft;
    }

    /** Every socket that was needed so far. */
    List<BridgeSocket> sockets() {
        return sockets;
    }

    /** How many subscriptions wait for room. */
    int waiting() {
        return waiting.size();
    }

    /** Whether another subscription finds a place, as far as the server has not refused sockets. */
    boolean hasRoom() {
        boolean isAnyAway = sockets.stream().anyMatch(BridgeSocket::isAway);
        return (!isAnyAway && sockets.size() < maxSockets)
                || sockets.stream()
                        .anyMatch(socket -> !socket.isAway() && !socket.list().isFull());
    }

    /** Places the subscription on a socket; returns false if it has to wait until there is room. */
    boolean place(BridgeSubscription subscription) {
        Optional<BridgeSocket> free = socketWithRoom();
        if (free.isEmpty()) {
            waiting.add(subscription);
            return false;
        }
        placeOn(free.get(), subscription);
        return true;
    }

    /** Takes an ended subscription off its socket. */
    void remove(BridgeSubscription subscription, BridgeSocket from) {
        if (from == null) {
            waiting.remove(subscription);
            return;
        }
        from.list().remove(subscription);
        from.listChanged();
        reviewSoon();
    }

    /** There may be room now, or a socket may be refused: places and moves what can be. */
    void reviewSoon() {
        if (!reviewing) {
            reviewing = true;
            loop.run(this::review);
        }
    }

    private void review() {
        reviewing = false;
        while (!waiting.isEmpty() && hasRoom()) {
            BridgeSubscription next = waiting.iterator().next();
            waiting.remove(next);
            place(next);
        }
        sockets.stream().filter(BridgeSocket::isRefused).forEach(this::moveFrom);
        if (hasRoom()) {
            whenRoomIsLeft.run();
        }
    }

    /** A socket that can be had, before one that can't: a subscription there waits, and moves when there is room elsewhere. */
    private Optional<BridgeSocket> socketWithRoom() {
        Optional<BridgeSocket> present = firstWithRoom(
                sockets.stream().filter(socket -> !socket.isAway()).toList());
        if (present.isPresent()) {
            return present;
        }
        boolean isAnyAway = sockets.stream().anyMatch(BridgeSocket::isAway);
        Optional<BridgeSocket> away = firstWithRoom(sockets);
        if (sockets.size() < maxSockets && (!isAnyAway || away.isEmpty())) {
            BridgeSocket another = newSocket.get();
            sockets.add(another);
            return Optional.of(another);
        }
        return away;
    }

    private static Optional<BridgeSocket> firstWithRoom(List<BridgeSocket> among) {
        return among.stream().filter(socket -> !socket.list().isFull()).findFirst();
    }

    private static void placeOn(BridgeSocket socket, BridgeSubscription subscription) {
        subscription.place(socket);
        socket.list().add(subscription);
        socket.listChanged();
    }

    /** Moves what waits for a socket that the server refuses to open sockets, as far as there is room. */
    private void moveFrom(BridgeSocket refused) {
        List<BridgeSocket> open = sockets.stream().filter(BridgeSocket::isOpen).toList();
        for (BridgeSubscription subscription : refused.list().members()) {
            firstWithRoom(open).ifPresent(to -> {
                refused.list().remove(subscription);
                placeOn(to, subscription);
            });
        }
        refused.listChanged();
    }
}
