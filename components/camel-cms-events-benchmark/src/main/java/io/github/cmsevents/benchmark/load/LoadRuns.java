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
package io.github.cmsevents.benchmark.load;

import io.vertx.core.http.ServerWebSocket;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One run after the other: a client's first socket begins it, and its last one to be closed ends it. */
final class LoadRuns {

    private final Supplier<LoadPlan> plans;
    private final Consumer<LoadReport> reports;
    private LoadRun run;

    LoadRuns(Supplier<LoadPlan> plans, Consumer<LoadReport> reports) {
        this.plans = plans;
        this.reports = reports;
    }

    void open(ServerWebSocket webSocket) {
        if (run == null) {
            run = new LoadRun(plans.get(), report -> {
                run = null;
                reports.accept(report);
            });
        }
        run.opened(new LoadSocket(webSocket, run));
    }
}
