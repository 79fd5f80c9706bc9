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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** What every client can be told. */
final class ClientOptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--port", required = true, description = "Where the load server listens, on this machine.")
    private int port;

    @Option(names = "--warmup", defaultValue = "30000", description = "Updates that are not measured.")
    private int warmup;

    @Option(names = "--updates", defaultValue = "50000", description = "Updates that are measured.")
    private int updates;

    @Option(names = "--timeout", defaultValue = "120", description = "Seconds until what has not come is missing.")
    private int timeout;

    int port() {
        return port;
    }

    Arrivals arrivals(int lanes) {
        return new Arrivals(warmup, updates, lanes);
    }

    /** Waits for all updates, and prints the report as one line of JSON. */
    void report(Arrivals arrivals) throws InterruptedException, JsonProcessingException {
        System.out.println(JSON.writeValueAsString(arrivals.await(timeout, TimeUnit.SECONDS)));
    }
}
