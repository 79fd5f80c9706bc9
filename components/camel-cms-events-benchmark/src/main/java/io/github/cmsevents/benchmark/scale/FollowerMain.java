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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.benchmark.client.ResourceUsage;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The component in a JVM of its own, with a route that follows all calls of a cluster. Prints a {@link Stretch} for the time
 * from starting the route until everybody is known, and then obeys one line of its standard input after the other, each with a
 * line of JSON for an answer:
 *
 * <ul>
 *   <li>{@code heap}: how many bytes are in use after a full collection
 *   <li>{@code begin}: a stretch begins
 *   <li>{@code end}: what that was, a {@link Stretch}
 *   <li>{@code report}: a {@link FollowerReport}
 * </ul>
 */
@Command(
        name = "follower",
        mixinStandardHelpOptions = true,
        description = "A route that follows all calls of a cluster; reports what that takes.")
public final class FollowerMain implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    // What the first one makes unreachable can need another one.
    private static final int COLLECTIONS = 3;

    @Option(names = "--ports", split = ",", required = true, description = "Where the servers listen, on this machine.")
    private List<Integer> ports;

    @Option(names = "--participants", required = true, description = "How many there are to begin with.")
    private int participants;

    @Option(names = "--timeout", defaultValue = "120", description = "Seconds until they have to be known.")
    private int timeout;

    private final CollectorWatch collector = new CollectorWatch();
    private Follower follower;
    private EventLoopWatch eventLoop;
    private Moment begun;

    /** Where a stretch begins. */
    private record Moment(long nanos, long updates, ResourceUsage used) {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new FollowerMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        // What the component would make for itself; but this one's event loops can be watched.
        Vertx vertx = Vertx.vertx();
        EventLoopWatches watches = new EventLoopWatches(vertx);
        collector.begin();
        follower = new Follower(ports, vertx, participants);
        begun = now();
        follower.start();
        boolean complete = follower.awaitAll(timeout);
        eventLoop = watches.busiest();
        if (!complete) {
            System.err.println("Only " + follower.picture().present() + " of " + participants
                    + " participants are known after " + timeout + " s");
            return 1;
        }
        answer(stretch());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            answer(obey(line));
        }
        follower.stop();
        return 0;
    }

    private Object obey(String order) {
        return switch (order) {
            case "heap" -> liveBytes();
            case "begin" -> {
                eventLoop.reset();
                begun = now();
                yield Map.of();
            }
            case "end" -> stretch();
            case "report" -> report();
            default -> Map.of("unknown", order);
        };
    }

    private Moment now() {
        return new Moment(System.nanoTime(), follower.updates(), ResourceUsage.now());
    }

    private Stretch stretch() {
        Moment ended = now();
        return new Stretch(
                ended.updates - begun.updates,
                (ended.nanos - begun.nanos) / (double) TimeUnit.SECONDS.toNanos(1),
                ended.used.cpuNanos() - begun.used.cpuNanos(),
                ended.used.allocatedBytes() - begun.used.allocatedBytes(),
                eventLoop.delay());
    }

    private static long liveBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private FollowerReport report() {
        Picture picture = follower.picture();
        return new FollowerReport(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                collector.peakBytes(),
                collector.pauses(),
                picture.contradictions(),
                picture.present(),
                picture.sum());
    }

    private static void answer(Object report) throws JsonProcessingException {
        System.out.println(JSON.writeValueAsString(report));
    }
}
