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
package io.github.cmsevents.examples.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an Apache Kafka broker in a process of its own, and sets {@code kafka.brokers} to it. Does nothing where
 * {@code kafka.brokers} is set already.
 */
public final class BrokerStandIn extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerStandIn.class);

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        if (main.getCamelContext()
                .getPropertiesComponent()
                .resolveProperty("kafka.brokers")
                .isPresent()) {
            return;
        }
        try {
            start(main.getCamelContext());
        } catch (Exception e) {
            throw new RuntimeCamelException("Could not start an Apache Kafka broker; name one in kafka.brokers", e);
        }
    }

    private static void start(CamelContext context) throws Exception {
        Path directory = Files.createTempDirectory("meeting-stream");
        LocalBroker broker = new LocalBroker(directory.resolve("kafka"), 0);
        // A service rather than afterStop, which a JVM that is terminated does not wait for.
        context.addService(new ServiceSupport() {
            @Override
            protected void doStop() {
                broker.close();
                FileUtil.removeDir(directory.toFile());
            }
        });
        broker.start();
        PropertiesComponent properties = context.getPropertiesComponent();
        properties.addOverrideProperty("kafka.brokers", broker.address());
        // Nothing else writes to this broker, so this instance must not wait for another one's lock.
        properties.addOverrideProperty(
                "stream.lock-directory", directory.resolve("lock").toString());
        LOG.info("No kafka.brokers is set: an Apache Kafka broker runs at {}", broker.address());
    }
}
