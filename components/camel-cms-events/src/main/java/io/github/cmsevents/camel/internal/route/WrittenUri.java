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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.util.Pair;
import org.apache.camel.util.URISupport;

/**
 * An endpoint URI as it was written. Camel reads a plus in a URI as a space, and YAML puts the values of {@code parameters} into
 * the URI without encoding them, so that {@code C++ guild} would become another name.
 */
public final class WrittenUri {

    private static final String CALL_NAME = "callName=";

    private WrittenUri() {}

    /**
     * The same URI with the name of a call protected from that, unless it is encoded or in {@code RAW(...)} already.
     *
     * @throws IllegalArgumentException if an ampersand in a value cuts it in two
     */
    public static String withLiteralCallName(String uri) {
        int query = uri.indexOf('?');
        if (query < 0) {
            return uri;
        }
        List<String> options = options(uri.substring(query + 1));
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (i > 0 && !option.isEmpty() && option.indexOf('=') < 0) {
                String name = options.get(i - 1).replaceAll("=.*", "");
                throw new IllegalArgumentException("Option " + name
                        + ": an ampersand separates the options of a URI; write RAW(...) around a value that has one");
            }
            boolean literal = option.startsWith(CALL_NAME) && option.indexOf('+') > 0 && option.indexOf('%') < 0;
            if (literal && !option.startsWith(CALL_NAME + "RAW")) {
                options.set(i, CALL_NAME + "RAW(" + option.substring(CALL_NAME.length()) + ")");
            }
        }
        return uri.substring(0, query + 1) + String.join("&", options);
    }

    /**
     * The secret option whose value an ampersand seems to cut in two: what follows it is not an option.
     *
     * @param known   the names of all options
     * @param secrets the names of those that are secret
     */
    public static Optional<String> cutSecret(String uri, Set<String> known, Set<String> secrets) {
        String last = "";
        for (String option : options(uri.substring(uri.indexOf('?') + 1))) {
            int equals = option.indexOf('=');
            boolean isOption = equals > 0 && known.contains(option.substring(0, equals));
            if (isOption) {
                // RAW marks where the value ends.
                last = option.startsWith("RAW", equals + 1) ? "" : option.substring(0, equals);
                // Camel decodes a URI before it separates the options.
                if (secrets.contains(last) && option.contains("%26")) {
                    return Optional.of(last);
                }
            } else if (!option.isEmpty() && secrets.contains(last)) {
                return Optional.of(last);
            }
        }
        return Optional.empty();
    }

    private static List<String> options(String query) {
        List<Pair<Integer>> raw = URISupport.scanRaw(query);
        List<String> options = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < query.length(); i++) {
            if (query.charAt(i) == '&' && !URISupport.isRaw(i, raw)) {
                options.add(query.substring(from, i));
                from = i + 1;
            }
        }
        options.add(query.substring(from));
        return options;
    }
}
