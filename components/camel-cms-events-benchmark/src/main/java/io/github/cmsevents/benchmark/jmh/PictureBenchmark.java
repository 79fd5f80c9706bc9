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

import io.github.cmsevents.camel.internal.content.Picture;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Takes updates into a picture of few or many calls. The cost of making a row is included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PictureBenchmark {

    @Param({"10", "10000"})
    private int known;

    private final Picture picture = new Picture(Resource.CALLS);
    private int next;

    @Setup
    public void addCalls() {
        picture.beginGeneration(List.of("name", "participants"));
        for (int i = 0; i < known; i++) {
            apply(UpdateType.ADD, i);
        }
    }

    @Benchmark
    public Object apply() {
        next++;
        return apply(UpdateType.UPDATE, next % known);
    }

    private Object apply(UpdateType type, int call) {
        String key = "call " + call;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("call", key);
        fields.put("updateType", type.wireName());
        fields.put("name", "Weekly review");
        fields.put("participants", next);
        return picture.apply(key, new Row(type, key, fields));
    }
}
