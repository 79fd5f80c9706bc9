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
package io.github.cmsevents.benchmark.client;

import io.github.cmsevents.benchmark.Load;
import java.util.Arrays;
import java.util.List;

/** A client that is measured, in a JVM of its own. */
public enum Client {
    FLOOR("floor") {
        @Override
        ClientReport run(Load load, List<Integer> ports, Arrivals arrivals) throws Exception {
            return FloorClient.run(HandWrittenSocket.all(load, ports), arrivals);
        }
    },
    HAND_WRITTEN("hand-written route") {
        @Override
        ClientReport run(Load load, List<Integer> ports, Arrivals arrivals) throws Exception {
            return HandWrittenRoute.run(HandWrittenSocket.all(load, ports), arrivals);
        }
    },
    RECEIVED("cms-events, received") {
        @Override
        ClientReport run(Load load, List<Integer> ports, Arrivals arrivals) throws Exception {
            return ComponentRoutes.run("received", load, ports, arrivals);
        }
    },
    PROCESSED("cms-events, processed") {
        @Override
        ClientReport run(Load load, List<Integer> ports, Arrivals arrivals) throws Exception {
            return ComponentRoutes.run("processed", load, ports, arrivals);
        }
    };

    private final String title;

    Client(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    abstract ClientReport run(Load load, List<Integer> ports, Arrivals arrivals) throws Exception;

    /** Connects to the servers, receives and acknowledges the whole load, and closes its sockets. */
    public ClientReport run(Load load, List<Integer> ports) throws Exception {
        return run(load, ports, new Arrivals(load));
    }

    /** Arguments: the client, the load as JSON, the ports. Prints the report. */
    public static void main(String[] args) {
        int status = 0;
        try {
            List<Integer> ports =
                    Arrays.stream(args[2].split(",")).map(Integer::valueOf).toList();
            System.out.println(Load.write(valueOf(args[0]).run(Load.ofJson(args[1]), ports)));
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        // A client that failed may have left threads that keep the JVM alive.
        System.exit(status);
    }
}
