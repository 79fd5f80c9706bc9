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

import io.github.cmsevents.camel.internal.content.Change;
import io.github.cmsevents.camel.internal.content.Picture;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From one row of a message to what changed. The row itself is made anew each time, as it is on the wire. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MergeBenchmark {

    @Param({"10", "10000"})
    private int known;

    private final Picture picture = new Picture(Resource.CALLS, null);
    private String[] keys;
    private int next;

    @Setup
    public void addCalls() {
        picture.beginGeneration(List.of("name", "participants"));
        keys = new String[known];
        for (int i = 0; i < known; i++) {
            keys[i] = Rows.key(i);
            picture.apply(Rows.row(UpdateType.ADD, keys[i], 0));
        }
    }

    /** What the others pay for making a row. */
    @Benchmark
    public Row rowAlone() {
        return nextRow();
    }

    @Benchmark
    public Optional<Change> merge() {
        return picture.apply(nextRow());
    }

    private Row nextRow() {
        next++;
        return Rows.row(UpdateType.UPDATE, keys[next % known], next);
    }
}
