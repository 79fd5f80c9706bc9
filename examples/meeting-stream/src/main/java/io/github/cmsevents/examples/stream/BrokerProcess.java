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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The process of a {@link LocalBroker}. It stops at the end of its input, and so with the process that started it. */
final class BrokerProcess {

    private BrokerProcess() {}

    /** @param args the broker's configuration file */
    public static void main(String[] args) {
        Thread parent = new Thread(BrokerProcess::stopAtTheEndOfInput, "parent");
        parent.setDaemon(true);
        parent.start();
        // The same each time, since the storage of an earlier run is used again.
        UUID id = UUID.nameUUIDFromBytes(args[0].getBytes(StandardCharsets.UTF_8));
        String cluster = new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
        int failed = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "--cluster-id", cluster, "--config", args[0]},
                System.out);
        if (failed != 0) {
            System.exit(failed);
        }
        Kafka.main(args);
    }

    private static void stopAtTheEndOfInput() {
        try {
            while (System.in.read() != -1) {
                // Nothing is expected.
            }
        } catch (IOException e) {
            System.err.println("The input can't be read, so this broker stops: " + e.getMessage());
        }
        System.exit(0);
    }
}
