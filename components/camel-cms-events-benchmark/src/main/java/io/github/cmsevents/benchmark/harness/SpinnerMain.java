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

import java.io.IOException;

/** Spins on one thread until the standard input ends, which it does when the harness is gone. */
public final class SpinnerMain {

    private static volatile boolean stopped;

    private SpinnerMain() {}

    public static void main(String[] args) throws IOException {
        Thread spinner = new Thread(SpinnerMain::spin, "spinner");
        spinner.setDaemon(true);
        spinner.start();
        while (System.in.read() >= 0) {
            // Nothing that comes means anything.
        }
        stopped = true;
    }

    // Not with Thread.onSpinWait: a virtual machine may give the core away on it, which is what this is to prevent.
    private static void spin() {
        while (!stopped) {}
    }
}
