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

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts a context with a route from the component, or with the same route from {@code direct:}, in a JVM that has done
 * nothing before, and says how long that took.
 */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts a context with the component or without; reports how long that takes.")
public final class StartMain implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    // What a first update may take at the most, in seconds.
    private static final int LONGEST = 30;

    @Option(names = "--port", description = "Where the load server listens; without it, there is no component.")
    private Integer port;

    public static void main(String[] args) {
        System.exit(new CommandLine(new StartMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        CountDownLatch firstUpdate = new CountDownLatch(1);
        long begun = System.nanoTime();
        CamelContext context = new DefaultCamelContext();
        if (port != null) {
            CmsEventsAccount.set(context, port);
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(port == null ? "direct:in" : "cms-events:calls?elements=name,participants")
                        .to("direct:updates");
                from("direct:updates").process(exchange -> firstUpdate.countDown());
            }
        });
        context.start();
        long started = System.nanoTime();
        boolean came = port != null && firstUpdate.await(LONGEST, TimeUnit.SECONDS);
        long updated = System.nanoTime();
        System.out.println(JSON.writeValueAsString(
                new StartReport(millis(started - begun), came ? millis(updated - started) : -1)));
        context.stop();
        return 0;
    }

    private static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
