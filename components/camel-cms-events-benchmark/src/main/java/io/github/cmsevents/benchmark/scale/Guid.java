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

/** GUIDs that can be told apart and counted: the last digits are the number of what they stand for. */
enum Guid {
    CALL,
    CORRELATOR,
    PARTICIPANT;

    private static final int HEXADECIMAL = 16;
    private static final int LENGTH_OF_NUMBER = 12;

    String of(int number) {
        return String.format("%08x-5ca1-4000-8000-%012x", ordinal() + 1, number);
    }

    static int numberOf(String guid) {
        return Integer.parseInt(guid, guid.length() - LENGTH_OF_NUMBER, guid.length(), HEXADECIMAL);
    }
}
