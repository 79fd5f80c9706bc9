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

/**
 * What is wrong, and where. Never has the value of a secret option.
 *
 * @param file    as it was named, or below the folder that was named
 * @param line    counted from 1
 * @param message the option, the parameter or the component, what is wrong with it, and the nearest known name
 */
public record Problem(String file, int line, String message) {

    /** In the form that editors and build servers recognize. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
