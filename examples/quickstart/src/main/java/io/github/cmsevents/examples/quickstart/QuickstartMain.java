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
package io.github.cmsevents.examples.quickstart;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.scenario.LivelyOptions;
import io.github.cmsevents.simulator.scenario.LivelyScenario;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Runs the three routes against a simulated Meeting Server in this process. The routes and application.properties do
 * not depend on it: with the address of a real server they are a complete application. Camel finds the YAML and XML files
 * in the folder camel.
 */
public final class QuickstartMain {

    private QuickstartMain() {}

    public static void main(String[] args) throws Exception {
        // Prevents a warning about Netty on Java 24 and later.
        System.setProperty("io.netty.noUnsafe", "true");
        try (MeetingServerSimulator server =
                MeetingServerSimulator.builder().credentials("admin", "admin").build()) {
            server.start();
            LivelyScenario.start(server, LivelyOptions.defaults());
            System.out.println("Simulated Meeting Server at " + server.url() + ". Ctrl-C stops.");
            runRoutes(server);
        }
    }

    private static void runRoutes(MeetingServerSimulator server) throws Exception {
        Main main = new Main();
        main.addOverrideProperty("simulator.port", String.valueOf(server.port()));
        main.configure().withDurationMaxSeconds(Integer.getInteger("quickstart.seconds", 0));
        main.configure().addRoutesBuilder(new CallInfoRoute());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStop(BaseMainSupport stopped) {
                // Only after the routes have unsubscribed, also on Ctrl-C.
                server.close();
            }
        });
        main.run();
    }
}
