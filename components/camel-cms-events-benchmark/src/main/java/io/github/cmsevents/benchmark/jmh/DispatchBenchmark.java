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
package io.github.cmsevents.benchmark.jmh;

import io.github.cmsevents.camel.internal.cluster.CallDirectory;
import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Feed;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From a decoded message of one row to what each route is told: all that happens on the event loop in between. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

    private static final String BRIDGE = "bridge.example.com:443";
    private static final List<String> ELEMENTS = List.of("name", "participants");
    private static final int CALLS = 100;

    @Param({"1", "10"})
    private int routes;

    private final Feed feed = new Feed(Resource.CALLS, new CallDirectory(List.of(BRIDGE), () -> {}));
    private final String[] keys = new String[CALLS];
    private int next;

    @Setup
    public void addCalls(Blackhole routeEnd) {
        feed.carriedBy(BRIDGE, null);
        for (int i = 0; i < routes; i++) {
            feed.attach(new Route(routeEnd), new Interest(ELEMENTS, true, false, false));
        }
        feed.stateChanged(SubscriptionState.ACTIVE, ELEMENTS, 1, 1L, null);
        for (int i = 0; i < CALLS; i++) {
            keys[i] = Rows.key(i);
            feed.contentCame(message(UpdateType.ADD, i), null);
        }
    }

    @Benchmark
    public int dispatch() {
        next++;
        return feed.contentCame(message(UpdateType.UPDATE, next), null);
    }

    private ContentUpdate message(UpdateType type, int number) {
        return new ContentUpdate(
                number, Resource.CALLS, 1, List.of(Rows.row(type, keys[number % CALLS], number)), List.of());
    }

    /** No record: each is another receiver, though they are all alike. */
    private static final class Route implements Receiver {
        private final Blackhole end;

        Route(Blackhole end) {
            this.end = end;
        }

        @Override
        public void receive(Batch batch) {
            end.consume(batch);
        }

        @Override
        public void troubled(Exception problem) {
            throw new IllegalStateException(problem);
        }
    }
}
