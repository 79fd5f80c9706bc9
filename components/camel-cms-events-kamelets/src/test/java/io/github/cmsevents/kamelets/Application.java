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
package io.github.cmsevents.kamelets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** A Camel application with one file of routes, as camel-main runs it; the Kamelets are on its class path. */
final class Application implements AutoCloseable {

    private final Main main = new Main();
    private final List<Object> bodies = new CopyOnWriteArrayList<>();

    private Application() {}

    /**
     * @param folder for the file of routes
     * @param file   its name, which decides how it is read
     */
    static Application start(Path folder, String file, String routes, Map<String, String> properties)
            throws IOException {
        Application application = new Application();
        Path written = Files.writeString(folder.resolve(file), routes);
        properties.forEach(application.main::addInitialProperty);
        application
                .main
                .configure()
                .withRoutesIncludePattern(written.toUri().toString())
                .withShutdownTimeout(5);
        application.main.addMainListener(application.new Observer());
        try {
            application.main.start();
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
        return application;
    }

    /** The bodies that the routes have processed. */
    List<Object> bodies() {
        return List.copyOf(bodies);
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }

    private final class Observer extends MainListenerSupport {
        @Override
        public void beforeConfigure(BaseMainSupport support) {
            support.getCamelContext().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof ExchangeCompletedEvent completed) {
                        bodies.add(completed.getExchange().getMessage().getBody());
                    }
                }
            });
        }
    }
}
