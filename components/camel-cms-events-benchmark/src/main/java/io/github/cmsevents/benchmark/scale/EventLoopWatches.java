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
package io.github.cmsevents.benchmark.scale;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/** Watches all event loops of a Vert.x instance until it is known which is the one that matters. */
final class EventLoopWatches {

    private final Queue<EventLoopWatch> watches = new ConcurrentLinkedQueue<>();

    /** @param vertx with as many event loops as it has unless told otherwise */
    EventLoopWatches(Vertx vertx) throws ExecutionException, InterruptedException {
        DeploymentOptions oneForEachLoop =
                new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
        vertx.deployVerticle(this::watch, oneForEachLoop)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private EventLoopWatch watch() {
        EventLoopWatch watch = new EventLoopWatch();
        watches.add(watch);
        return watch;
    }

    /** The watch of the loop that has done most so far; the others end. */
    EventLoopWatch busiest() {
        List<EventLoopWatch> byCpu = new ArrayList<>(watches);
        byCpu.sort(Comparator.comparingLong(EventLoopWatch::cpuNanos));
        EventLoopWatch busiest = byCpu.remove(byCpu.size() - 1);
        byCpu.forEach(EventLoopWatch::end);
        return busiest;
    }
}
