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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint as a file names it.
 *
 * @param uri        as written
 * @param parameters beside the URI, in YAML
 * @param role       what the route uses it for
 * @param lines      gives the line of a parameter, or that of the URI for anything else
 */
record NamedEndpoint(String uri, Map<String, String> parameters, Role role, ToIntFunction<String> lines) {

    enum Role {
        CONSUMER,
        PRODUCER,
        EITHER
    }

    private static final Pattern URI = Pattern.compile("(?s)([a-zA-Z][a-zA-Z0-9+.-]*)(?::(?://)?([^?]*))?(?:\\?(.*))?");

    /** Whether it can be checked as text: expressions and placeholders can stand for the component too. */
    boolean isLiteral() {
        return URI.matcher(uri).matches();
    }

    String scheme() {
        return matched().group(1);
    }

    /** Between scheme and options; empty without. */
    String path() {
        String path = matched().group(2);
        return path == null ? "" : path;
    }

    /** The options in the URI and beside it, values as written. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(UriOptions.parse(query()));
        options.putAll(parameters);
        return options;
    }

    String query() {
        String query = matched().group(3);
        return query == null ? "" : query;
    }

    int line(String option) {
        return lines.applyAsInt(option);
    }

    private Matcher matched() {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalStateException("Not an endpoint that can be checked as text");
        }
        return matcher;
    }
}
