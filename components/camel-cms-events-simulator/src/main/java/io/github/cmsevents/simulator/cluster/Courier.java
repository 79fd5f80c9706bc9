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
package io.github.cmsevents.simulator.cluster;

import io.github.cmsevents.simulator.server.LoopThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Carries deliveries to the bridges' threads. It cannot deadlock: it takes no lock, and never waits on a bridge's thread. */
public final class Courier {

    private final List<LoopThread> bridges;
    private final Duration delay;

    /** @param delay of changes from one bridge to another */
    public Courier(List<LoopThread> bridges, Duration delay) {
        this.bridges = List.copyOf(bridges);
        this.delay = delay;
    }

    /** Whether the caller is on a bridge's thread. */
    public boolean isOnBridge() {
        return bridges.stream().anyMatch(LoopThread::isCurrent);
    }

    /**
     * Returns when all deliveries without delay have arrived; on a bridge's thread, only those to that bridge.
     */
    public void carry(List<Delivery> deliveries) {
        List<Future<?>> underWay = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            LoopThread bridge = bridges.get(delivery.bridge());
            if (delivery.isLate() && !delay.isZero()) {
                bridge.later(delivery::arrive, delay);
            } else if (bridge.isCurrent()) {
                delivery.arrive();
            } else {
                underWay.add(bridge.start(delivery::arrive));
            }
        }
        if (!isOnBridge()) {
            awaitAll(underWay);
        }
    }

    /** Waits for all, even when one has failed. */
    private static void awaitAll(List<Future<?>> underWay) {
        RuntimeException failure = null;
        for (Future<?> one : underWay) {
            try {
                LoopThread.await(one);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
