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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The component with everything but Micrometer on its class path, as most applications have it. */
class WithoutMicrometerTest {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials("bob", "builder"));

    @Test
    void aRouteStartsWorksAndStops() throws Exception {
        cms.server().createCall("Board");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader without = new URLClassLoader(classPathWithoutMicrometer(), before.getParent())) {
            Thread.currentThread().setContextClassLoader(without);
            assertThatThrownBy(() -> without.loadClass("io.micrometer.core.instrument.MeterRegistry"))
                    .isInstanceOf(ClassNotFoundException.class);
            @SuppressWarnings("unchecked") // the JDK's function is the same on both sides
            Function<String, String> run = (Function<String, String>) without.loadClass(OneUpdate.class.getName())
                    .getConstructor()
                    .newInstance();
            assertThat(run).isNotInstanceOf(OneUpdate.class);

            assertThat(run.apply(cms.server().url())).isEqualTo("Board");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        await().until(() -> cms.server().sockets() == 0);
    }

    private static URL[] classPathWithoutMicrometer() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer"))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the name of the call in the first update that a route receives from this server. */
    public static final class OneUpdate implements Function<String, String> {

        @Override
        public String apply(String url) {
            SeenExchanges seen = new SeenExchanges();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("cms-events:calls?elements=name&username=bob&password=builder&servers=" + url)
                                .process(seen);
                    }
                });
                context.start();
                seen.awaitSize(1);
                return (String) seen.get(0).map().get("name");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
