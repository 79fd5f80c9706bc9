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
package io.github.cmsevents.benchmark.harness;

/**
 * What was to be reached, and what was.
 *
 * @param wanted in words
 * @param got    in words
 */
record Target(String what, String wanted, String got, boolean met) {

    static Target atLeast(String what, double limit, String unit, double got) {
        return new Target(what, "at least " + figure(limit) + unit, figure(got) + unit, got >= limit);
    }

    static Target atMost(String what, double limit, String unit, double got) {
        return new Target(what, "at most " + figure(limit) + unit, figure(got) + unit, got <= limit);
    }

    private static String figure(double value) {
        return Math.abs(value) >= 100 || value == Math.rint(value)
                ? String.format("%,.0f", value)
                : String.format("%.2f", value);
    }
}
