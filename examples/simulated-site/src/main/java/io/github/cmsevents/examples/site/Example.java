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
package io.github.cmsevents.examples.site;

import org.apache.camel.main.Main;
import org.apache.camel.main.MainListener;

/** Runs the routes of an example with Camel Main, beside what stands in for the systems of a real site. */
public final class Example {

    private Example() {}

    /** Runs an example that needs nothing but Meeting Servers. */
    public static void main(String[] args) throws Exception {
        run(new SimulatedSite());
    }

    /**
     * Runs until it is terminated, or as long as {@code camel.main.durationMaxSeconds} says.
     *
     * @param standIns each starts one system before Camel is configured, unless the properties name a real one
     */
    public static void run(MainListener... standIns) throws Exception {
        // Prevents a warning about Netty on Java 24 and later.
        System.setProperty("io.netty.noUnsafe", "true");
        Main main = new Main();
        for (MainListener standIn : standIns) {
            main.addMainListener(standIn);
        }
        main.run();
    }
}
