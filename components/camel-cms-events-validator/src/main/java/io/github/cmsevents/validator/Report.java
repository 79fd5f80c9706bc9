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

import java.util.List;
import java.util.Set;

/**
 * The outcome of a validation.
 *
 * @param files     the number of files that were checked
 * @param endpoints the number of endpoints that they name
 * @param problems  in the order of files and lines
 * @param unchecked Kamelets and components that are not known here, so that their endpoints were not checked
 */
public record Report(int files, int endpoints, List<Problem> problems, Set<String> unchecked) {

    /** One line: how much was checked, and with which result. */
    public String summary() {
        String checked = count(files, "file") + " and " + count(endpoints, "endpoint") + " checked: "
                + (problems.isEmpty() ? "no problems" : count(problems.size(), "problem"));
        return unchecked.isEmpty()
                ? checked
                : checked + ". Not known here, not checked: " + String.join(", ", unchecked);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
