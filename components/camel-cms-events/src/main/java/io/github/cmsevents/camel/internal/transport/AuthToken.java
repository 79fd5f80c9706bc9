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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Opens one socket (events guide, section 4). Its text form leaves the value out. */
public record AuthToken(String value) {

    /** The name of the parameter that makes a URI, and any text that repeats it, a secret. */
    static final String PARAMETER = "authToken";

    String toEventsUri() {
        return "/events/v1?" + PARAMETER + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AuthToken[xxxxxx]";
    }
}
