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
package io.github.cmsevents.benchmark.jmh;

import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the text of a frame to the message in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

    private static final int MAX_MESSAGE_SIZE = 16 * 1024 * 1024;

    @Param({"1", "100"})
    private int rows;

    private final MessageDecoder decoder = new MessageDecoder(MAX_MESSAGE_SIZE);
    private byte[] frame;

    @Setup
    public void writeFrame() {
        StringBuilder text = new StringBuilder("{\"type\":\"message\",\"message\":{\"messageId\":7,"
                + "\"type\":\"callListUpdate\",\"subscriptionIndex\":1,\"updates\":[");
        for (int i = 0; i < rows; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"call\":\"")
                    .append(Rows.key(i))
                    .append("\",\"updateType\":\"update\",\"name\":\"Weekly review ")
                    .append(i)
                    .append("\",\"participants\":")
                    .append(i)
                    .append('}');
        }
        frame = text.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public ServerMessage decode() {
        return decoder.decode(frame, frame.length);
    }
}
