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

import io.github.cmsevents.camel.Acknowledge;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The component in a JVM of its own. */
@Command(
        name = "cms-events",
        mixinStandardHelpOptions = true,
        description = "Routes of the cms-events component; reports what they saw.")
public final class CmsEventsMain implements Callable<Integer> {

    @Mixin
    private ClientOptions options;

    @Option(
            names = "--acknowledge",
            defaultValue = "processed",
            description = "The component's option: ${COMPLETION-CANDIDATES}.")
    private Acknowledge acknowledge;

    @Option(names = "--pooled", description = "With Camel's pooled exchange factory.")
    private boolean pooled;

    @Option(
            names = "--rosters",
            defaultValue = "0",
            description = "How many routes there are, each for the participants of a call of its own; 0 for one route"
                    + " for all calls.")
    private int rosters;

    public static void main(String[] args) {
        System.exit(new CommandLine(new CmsEventsMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Arrivals arrivals = options.arrivals(Math.max(1, rosters));
        CmsEventsClient client = rosters == 0
                ? CmsEventsClient.ofCalls(options.port(), acknowledge, arrivals)
                : CmsEventsClient.ofRosters(rosters, options.port(), acknowledge, arrivals);
        if (pooled) {
            client.poolExchanges();
        }
        client.start();
        options.report(arrivals);
        client.stop();
        return 0;
    }
}
