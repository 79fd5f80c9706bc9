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
package io.github.cmsevents.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureTest {

    private static final String CALL = Guid.CALL.of(1);
    private static final String OTHER_CALL = Guid.CALL.of(2);

    private final Picture picture = new Picture();

    @Test
    void isTheSameWhateverTheOrder() {
        Picture other = new Picture();
        List.of(add(1, "Bo", false), add(40_000, "Jo", true)).forEach(row -> picture.learn(CALL, row));
        List.of(add(40_000, "Jo", true), add(1, "Bo", false)).forEach(row -> other.learn(CALL, row));

        assertThat(picture.sum()).isEqualTo(other.sum()).isNotZero();
        assertThat(picture.present()).isEqualTo(2);
    }

    @Test
    void isWhatItWasWhenAChangeIsTakenBack() {
        picture.learn(CALL, add(1, "Bo", false));
        long before = picture.sum();

        picture.learn(CALL, row(1, "update", Map.of("audioMuted", true)));
        assertThat(picture.sum()).isNotEqualTo(before);
        picture.learn(CALL, row(1, "update", Map.of("audioMuted", false)));
        assertThat(picture.sum()).isEqualTo(before);
        assertThat(picture.contradictions()).isZero();
    }

    @Test
    void isAnotherOneWithAnotherNameOrInAnotherCall() {
        picture.learn(CALL, add(1, "Bo", false));
        Picture otherName = new Picture();
        otherName.learn(CALL, add(1, "Jo", false));
        Picture otherCall = new Picture();
        otherCall.learn(OTHER_CALL, add(1, "Bo", false));

        assertThat(List.of(picture.sum(), otherName.sum(), otherCall.sum())).doesNotHaveDuplicates();
    }

    @Test
    void forgetsWhoLeaves() {
        picture.learn(CALL, add(1, "Bo", true));
        picture.learn(CALL, row(1, "remove", Map.of()));

        assertThat(picture.present()).isZero();
        assertThat(picture.sum()).isZero();
    }

    @Test
    void countsWhatDoesNotGoWithWhatItKnows() {
        picture.learn(CALL, row(1, "update", Map.of("audioMuted", true)));
        assertThat(picture.contradictions()).as("an update of somebody unknown").isEqualTo(1);
        picture.learn(CALL, row(2, "remove", Map.of()));
        assertThat(picture.contradictions()).as("somebody unknown leaves").isEqualTo(2);
        picture.learn(CALL, add(3, "Bo", false));
        picture.learn(CALL, add(3, "Bo", false));
        assertThat(picture.contradictions()).as("somebody comes twice").isEqualTo(3);
        picture.learn(OTHER_CALL, row(3, "update", Map.of("audioMuted", true)));
        assertThat(picture.contradictions()).as("an update in another call").isEqualTo(4);
    }

    private static Map<String, Object> add(int participant, String name, boolean audioMuted) {
        return row(participant, "add", Map.of("name", name, "audioMuted", audioMuted));
    }

    private static Map<String, Object> row(int participant, String updateType, Map<String, Object> elements) {
        Map<String, Object> row = new HashMap<>(elements);
        row.put("participant", Guid.PARTICIPANT.of(participant));
        row.put("updateType", updateType);
        return row;
    }
}
