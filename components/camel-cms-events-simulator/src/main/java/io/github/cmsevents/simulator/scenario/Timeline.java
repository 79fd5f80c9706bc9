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
package io.github.cmsevents.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a scenario file, checked.
 *
 * @param calls by the names that the file gives them
 * @param repeat whether the timeline starts again after the last step
 */
record Timeline(Map<String, CallPlan> calls, List<Step> steps, boolean repeat) {

    /**
     * A call that the file declares.
     *
     * @param id its GUID, where the file has one
     * @param elements first values
     * @param startsByItself whether it is active from the beginning, because no step starts it
     */
    record CallPlan(Optional<String> id, Map<String, JsonNode> elements, boolean startsByItself) {
        CallPlan {
            elements = new LinkedHashMap<>(elements);
        }
    }

    /** @param number counted from 1, as in messages */
    record Step(int number, Duration at, Action action) {}

    /** The action of a step. Calls and participants have the names of the file. */
    sealed interface Action {

        record Start(String call) implements Action {}

        record Join(String call, String participant, Optional<String> id, Map<String, JsonNode> elements)
                implements Action {}

        record ChangeCall(String call, Map<String, JsonNode> elements) implements Action {}

        record ChangeParticipant(String participant, Map<String, JsonNode> elements) implements Action {}

        record Leave(String participant, Optional<String> reason) implements Action {}

        record End(String call) implements Action {}
    }
}
