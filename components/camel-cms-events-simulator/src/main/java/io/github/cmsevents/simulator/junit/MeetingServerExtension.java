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
package io.github.cmsevents.simulator.junit;

import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatorBuilder;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Meeting Server for the tests of a class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static MeetingServerExtension cms = MeetingServerExtension.create();
 * }</pre>
 *
 * <p>In a static field there is one server for the whole class, and after each test its calls end, and its records and
 * faults are forgotten (its sockets stay); in an instance field each test has its own. A test in which a client breached the protocol
 * fails.
 */
public final class MeetingServerExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private final Consumer<SimulatorBuilder> customizer;
    private final boolean failOnBreach;
    private MeetingServerSimulator server;
    /** How many classes share the server: the one it was registered in, and those nested in it. */
    private int classes;

    private MeetingServerExtension(Consumer<SimulatorBuilder> customizer, boolean failOnBreach) {
        this.customizer = Objects.requireNonNull(customizer, "customizer");
        this.failOnBreach = failOnBreach;
    }

    /** A server with the builder's defaults. */
    public static MeetingServerExtension create() {
        return create(builder -> {});
    }

    /** A server as the customizer wants it. */
    public static MeetingServerExtension create(Consumer<SimulatorBuilder> customizer) {
        return new MeetingServerExtension(customizer, true);
    }

    /** The same extension, which fails a test for a client's breach or, for tests of breaches, doesn't. */
    public MeetingServerExtension failOnBreach(boolean fail) {
        return new MeetingServerExtension(customizer, fail);
    }

    /**
     * The server.
     *
     * @throws IllegalStateException outside of a test, or when this extension is not registered
     */
    public MeetingServerSimulator server() {
        if (server == null) {
            throw new IllegalStateException("No server: is the extension in a field with @RegisterExtension?");
        }
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            server = newServer();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (server == null) {
            server = newServer();
        } else if (!server.isRunning()) {
            // The test before has stopped it.
            server.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (server == null) {
            // It could not even start.
            return;
        }
        List<Breach> breaches = server.breaches();
        if (classes > 0) {
            server.faults().clear();
            server.clear();
        } else {
            closeServer();
        }
        if (failOnBreach && !breaches.isEmpty()) {
            throw new AssertionError("The client breached the protocol:"
                    + breaches.stream().map(Breach::toString).collect(Collectors.joining("\n  ", "\n  ", "")));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0 && server != null) {
            closeServer();
        }
    }

    private MeetingServerSimulator newServer() {
        SimulatorBuilder builder = MeetingServerSimulator.builder();
        customizer.accept(builder);
        return builder.build().start();
    }

    private void closeServer() {
        server.close();
        server = null;
    }
}
