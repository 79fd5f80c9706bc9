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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decodes a message of one or more rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

    @Param({"1", "100"})
    private int rows;

    private final MessageDecoder decoder = new MessageDecoder(1 << 24);
    private byte[] frame;

    @Setup
    public void writeFrame() {
        frame = IntStream.range(0, rows)
                .mapToObj(i -> "{\"call\":\"97c771ae-fc2e-4257-b129-" + String.format("%012x", i)
                        + "\",\"updateType\":\"update\",\"name\":\"Weekly review\",\"participants\":" + i + "}")
                .collect(Collectors.joining(
                        ",",
                        "{\"type\":\"message\",\"message\":{\"messageId\":7,\"type\":\"callListUpdate\","
                                + "\"subscriptionIndex\":1,\"updates\":[",
                        "]}}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Object decode() {
        return decoder.decode(frame, frame.length);
    }
}
