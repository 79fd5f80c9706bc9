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
package io.github.cmsevents.validator;

import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/** The options of an endpoint's URI as text. */
final class UriOptions {

    private static final Pattern RAW = Pattern.compile("(?s)RAW(?:\\((.*)\\)|\\{(.*)})");

    private UriOptions() {}

    /** Decodes the values as Camel does, and leaves those in {@code RAW(...)} as they are. */
    static Map<String, String> parse(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        try {
            URISupport.parseQuery(query, true, true)
                    .forEach((name, value) -> options.put(name, decoded(String.valueOf(value))));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The options of the URI cannot be read");
        }
        return options;
    }

    private static String decoded(String value) {
        try {
            return isRaw(value) ? value : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that encodes nothing stands for itself.
            return value;
        }
    }

    static boolean isRaw(String value) {
        return RAW.matcher(value).matches();
    }

    /** The value without {@code RAW(...)} around it. */
    static String withoutRaw(String value) {
        Matcher raw = RAW.matcher(value);
        if (!raw.matches()) {
            return value;
        }
        return raw.group(1) != null ? raw.group(1) : raw.group(2);
    }

    /** Whether only the application knows the value: a placeholder, an expression or the name of a bean. */
    static boolean isOpen(String value) {
        return value.contains("{{") || value.contains("${") || value.startsWith("#");
    }
}
