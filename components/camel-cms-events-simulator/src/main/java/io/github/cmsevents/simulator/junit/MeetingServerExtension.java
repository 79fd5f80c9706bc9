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

/**
 * A Meeting Server for the tests of a class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static MeetingServerExtension cms = MeetingServerExtension.create();
 * }</pre>
 *
 * <p>In a static field, all tests of the class share one server: after each test its calls end, and its records and faults are
 * cleared; sockets stay open. In an instance field, each test has its own server. A test in which a client breached the protocol
 * fails.
 */
public final class MeetingServerExtension extends SiteExtension<MeetingServerSimulator> {

    private final Consumer<SimulatorBuilder> customizer;

    private MeetingServerExtension(Consumer<SimulatorBuilder> customizer, boolean failOnBreach) {
        super(failOnBreach);
        this.customizer = Objects.requireNonNull(customizer, "customizer");
    }

    /** A server with the builder's defaults. */
    public static MeetingServerExtension create() {
        return create(builder -> {});
    }

    /** A customized server. */
    public static MeetingServerExtension create(Consumer<SimulatorBuilder> customizer) {
        return new MeetingServerExtension(customizer, true);
    }

    /** Whether a client's breach fails the test; true by default. */
    public MeetingServerExtension failOnBreach(boolean fail) {
        return new MeetingServerExtension(customizer, fail);
    }

    /**
     * The server.
     *
     * @throws IllegalStateException outside of a test, or when this extension is not registered
     */
    public MeetingServerSimulator server() {
        if (site() == null) {
            throw new IllegalStateException("No server: is the extension in a field with @RegisterExtension?");
        }
        return site();
    }

    @Override
    MeetingServerSimulator open() {
        SimulatorBuilder builder = MeetingServerSimulator.builder();
        customizer.accept(builder);
        return builder.build().start();
    }

    @Override
    void repair(MeetingServerSimulator server) {
        if (!server.isRunning()) {
            server.start();
        }
    }

    @Override
    List<String> breaches(MeetingServerSimulator server) {
        return server.breaches().stream().map(Breach::toString).toList();
    }

    @Override
    void clear(MeetingServerSimulator server) {
        server.faults().clear();
        server.clear();
    }

    @Override
    void close(MeetingServerSimulator server) {
        server.close();
    }
}
