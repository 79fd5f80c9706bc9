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
package io.github.cmsevents.benchmark.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.cmsevents.benchmark.harness.Growth.Point;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GrowthTest {

    @Test
    void isLinearWhateverThereIsToBeginWith() {
        assertThat(growth(x -> 10 + 3 * x).toLinear()).isCloseTo(1, within(1e-9));
    }

    @Test
    void isMoreThanLinearWithTheSquare() {
        assertThat(growth(x -> 10 + x * x).toLinear()).isGreaterThan(1.5);
    }

    @Test
    void isLessThanLinearWithTheRoot() {
        assertThat(growth(Math::sqrt).toLinear()).isLessThan(0.9);
    }

    @Test
    void doesNotHideInWhatThereIsToBeginWithWhenSeenPerUnit() {
        assertThat(growth(x -> 3 * x).perUnitToSmaller()).isCloseTo(1, within(1e-9));
        assertThat(growth(x -> x * x).perUnitToSmaller()).isGreaterThan(4);
    }

    @Test
    void isToldNextToTheMiddleOfTheSmallerSizes() {
        Growth growth = new Growth(List.of(new Point(1, 90), new Point(2, 40), new Point(3, 50), new Point(4, 60)));

        assertThat(growth.toSmaller()).isCloseTo(1.2, within(1e-9));
    }

    @Test
    void goesThroughNothingWithOneSmallerSizeOnly() {
        Growth growth = new Growth(List.of(new Point(500, 12), new Point(1_000, 30)));

        assertThat(growth.linear(1_000)).isEqualTo(24);
        assertThat(growth.toLinear()).isEqualTo(1.25);
    }

    @Test
    void takesSizesThatGrow() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Growth(List.of(new Point(1, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Growth(List.of(new Point(2, 1), new Point(2, 1), new Point(3, 1))));
    }

    private static Growth growth(DoubleUnaryOperator figure) {
        return new Growth(Arrays.stream(new double[] {1, 3, 6, 12, 24})
                .mapToObj(x -> new Point(x, figure.applyAsDouble(x)))
                .toList());
    }
}
