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
package io.github.cmsevents.camel.internal.protocol;

/** Text from a server in a form fit for a message or a log: one line, quoted, of bounded length. */
public final class ServerText {

    private static final int MAX_LENGTH = 60;

    private ServerText() {}

    public static String of(Object value) {
        if (value == null) {
            return "null";
        }
        String text = String.valueOf(value).replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return "'" + (text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...") + "'";
    }
}
