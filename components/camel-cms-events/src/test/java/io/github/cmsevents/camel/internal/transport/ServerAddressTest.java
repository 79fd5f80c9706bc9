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
package io.github.cmsevents.camel.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "cms.example.com, true, cms.example.com, 443",
        "cms.example.com:445, true, cms.example.com, 445",
        "cms_1.example-site.com, true, cms_1.example-site.com, 443",
        "10.0.0.1, true, 10.0.0.1, 443",
        "10.0.0.1:8443, true, 10.0.0.1, 8443",
        "[2001:db8::1], true, 2001:db8::1, 443",
        "[2001:db8::1]:445, true, 2001:db8::1, 445",
        "[::ffff:10.0.0.1]:445, true, ::ffff:10.0.0.1, 445",
        "https://cms.example.com, true, cms.example.com, 443",
        "https://cms.example.com/, true, cms.example.com, 443",
        "https://cms.example.com:445, true, cms.example.com, 445",
        "https://[2001:db8::1]:445, true, 2001:db8::1, 445",
        "http://cms.example.com, false, cms.example.com, 80",
        "http://localhost:8080/, false, localhost, 8080",
        "CMS.Example.COM., true, cms.example.com, 443",
        "[2001:DB8:0:0::1]:445, true, 2001:db8::1, 445",
        "HTTPS://host, true, host, 443",
        "Http://host, false, host, 80",
        "host:1, true, host, 1",
        "host:65535, true, host, 65535"
    })
    void readsEveryDocumentedForm(String text, boolean tls, String host, int port) {
        assertThat(ServerAddress.parseList(text)).containsExactly(new ServerAddress(tls, host, port));
    }

    @Test
    void readsAListInItsOrder() {
        assertThat(ServerAddress.parseList(" one , two:445,\n http://three "))
                .containsExactly(
                        new ServerAddress(true, "one", 443),
                        new ServerAddress(true, "two", 445),
                        new ServerAddress(false, "three", 80));
    }

    @Test
    void namesEachServerOnce() {
        assertThat(ServerAddress.parseList("one,https://one,one:443,one:445")).hasSize(2);
    }

    @Test
    void namesEachServerOnceHoweverItIsSpelt() {
        assertThat(ServerAddress.parseList("one,ONE.,https://One:443/,[::1],[0:0:0:0:0:0:0:1],[0::01]:443"))
                .containsExactly(new ServerAddress(true, "one", 443), new ServerAddress(true, "::1", 443));
    }

    @Test
    void hasBracketsButNoZoneInAUrl() {
        assertThat(new ServerAddress(true, "fe80::1%1", 443).hostInUrl()).isEqualTo("[fe80::1]");
        assertThat(new ServerAddress(true, "10.0.0.1", 443).hostInUrl()).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void readsNothingOutOfNothing(String text) {
        assertThat(ServerAddress.parseList(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:",
                "host:0",
                "host:65536",
                "host:99999",
                "host:123456",
                "host:-1",
                "host:https",
                "host:443:444",
                ":443",
                "2001:db8::1",
                "[2001:db8::1",
                "[]",
                "[host]",
                "[1]",
                "[:::1]",
                ".",
                ".host",
                "a..b",
                "host/path",
                "host name",
                "host?x=1",
                "https://",
                "https:///",
                "https://host/path",
                "https://host?x=1",
                "https://host#x",
                "https://host:port",
                "wss://host",
                "ftp://host",
                "://host",
                "https://https://host"
            })
    void saysWhichEntryItCantRead(String entry) {
        assertThatThrownBy(() -> ServerAddress.parseList("good," + entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option servers")
                .hasMessageContaining("'" + entry + "'")
                .hasMessageContaining("host:port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://admin:secret@host",
                "https://admin:secret@host:445/",
                "https://admin:secret@bad_host:445",
                "https://admin:secret/x@host",
                "https://admin:se cret@host",
                "admin:secret@host",
                "https://admin:sec,ret@host",
                "good,https://admin:secret,@host",
                "ftp://admin:secret@host",
                "admin:secret@"
            })
    void doesNotRepeatAPassword(String entry) {
        assertThatThrownBy(() -> ServerAddress.parseList(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option servers")
                .hasMessageContaining("user info")
                .hasMessageNotContainingAny("sec", "ret@", "se cret", "admin");
    }

    @Test
    void showsItselfAsItCouldBeWritten() {
        assertThat(new ServerAddress(true, "host", 443)).hasToString("https://host:443");
        assertThat(new ServerAddress(false, "2001:db8::1", 80)).hasToString("http://[2001:db8::1]:80");
        assertThat(new ServerAddress(true, "2001:db8::1", 445).authority()).isEqualTo("[2001:db8::1]:445");
        assertThat(new ServerAddress(true, "host", 445).authority()).isEqualTo("host:445");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:445", "[2001:db8::1]:445", "http://host"})
    void isReadAgainAsWhatItShowsItselfAs(String text) {
        ServerAddress address = ServerAddress.parseList(text).get(0);

        assertThat(ServerAddress.parseList(address.toString())).containsExactly(address);
    }

    @Test
    void isTheSameWhenAllOfItIs() {
        ServerAddress address = new ServerAddress(true, "host", 443);

        assertThat(address)
                .isEqualTo(new ServerAddress(true, "host", 443))
                .hasSameHashCodeAs(new ServerAddress(true, "host", 443))
                .isNotEqualTo(new ServerAddress(false, "host", 443))
                .isNotEqualTo(new ServerAddress(true, "other", 443))
                .isNotEqualTo(new ServerAddress(true, "host", 444));
    }
}
