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

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The floor in a JVM of its own. */
@Command(
        name = "floor",
        mixinStandardHelpOptions = true,
        description = "Acknowledges messages and does nothing else; reports what it saw.")
public final class FloorMain implements Callable<Integer> {

    private static final int SECONDS = 10;

    @Mixin
    private ClientOptions options;

    public static void main(String[] args) {
        System.exit(new CommandLine(new FloorMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Arrivals arrivals = options.arrivals(1);
        Vertx vertx = Vertx.vertx();
        FloorClient client = new FloorClient(vertx, arrivals);
        client.connect(options.port()).toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        options.report(arrivals);
        client.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        return 0;
    }
}
