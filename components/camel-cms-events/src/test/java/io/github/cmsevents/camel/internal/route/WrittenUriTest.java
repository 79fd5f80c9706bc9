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
package io.github.cmsevents.camel.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenUriTest {

    private static final Set<String> KNOWN = Set.of("call", "elements", "username", "password");
    private static final Set<String> SECRETS = Set.of("username", "password");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "cms-events:calls?callName=C++ cms-events:calls?callName=RAW(C++)",
                "cms-events:calls?elements=name&callName=C++ cms-events:calls?elements=name&callName=RAW(C++)",
                "cms-events:calls?callName=RAW(C++) cms-events:calls?callName=RAW(C++)",
                "cms-events:calls?callName=C%2B+ cms-events:calls?callName=C%2B+",
                "cms-events:calls cms-events:calls"
            })
    void protectsAPlusInTheNameOfACallUnlessItIsEncodedOrRaw(String written, String literal) {
        assertThat(WrittenUri.withLiteralCallName(written)).isEqualTo(literal);
    }

    @Test
    void refusesAnOptionThatAnAmpersandCuts() {
        assertThatThrownBy(() -> WrittenUri.withLiteralCallName("cms-events:calls?callName=R&D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option callName: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "cms-events:calls?password=a&b password",
                "cms-events:calls?password=a&b=c password",
                "cms-events:calls?password=a&b&elements=name password",
                "cms-events:calls?password=a&elements password",
                "cms-events:calls?password=a&b&c=d password",
                "cms-events:calls?password=a&=b password",
                "cms-events:calls?password=a%26b&elements=name password",
                "cms-events:calls?password=a%26b%3Dc password",
                "cms-events:calls?elements=name&username=a&b&password=c username"
            })
    void findsASecretThatAnAmpersandCuts(String uri, String secret) {
        assertThat(WrittenUri.cutSecret(uri, KNOWN, SECRETS)).contains(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cms-events:calls",
                "cms-events:calls?",
                "cms-events:calls?username=a&password=b",
                "cms-events:calls?username=a&password=b&",
                "cms-events:calls?password=RAW(a&b=c)&elements=name",
                "cms-events:calls?password=RAW{a&b}&elementz=name",
                "cms-events:calls?password=RAW(a%26b)&elements=name",
                "cms-events:calls?password=a&elements=name&elementz=uri"
            })
    void anythingElseIsForCamelToCheck(String uri) {
        assertThat(WrittenUri.cutSecret(uri, KNOWN, SECRETS)).isEmpty();
    }
}
