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
package io.github.cmsevents.simulator.protocol;

import java.time.Duration;

/**
 * The options of each socket's session.
 *
 * @param rowsPerMessage the most rows in one message of a first content
 * @param ackWindow the number of messages that may be unacknowledged at a time
 * @param ackTimeout how long an acknowledgement may take
 * @param repeatCallInCallInfo whether {@code callInfo} carries the call's GUID
 * @param scripted whether a conversation sends all updates: every subscription becomes active, without content
 */
public record SessionOptions(
        int rowsPerMessage, int ackWindow, Duration ackTimeout, boolean repeatCallInCallInfo, boolean scripted) {

    public SessionOptions {
        requirePositive("rowsPerMessage", rowsPerMessage);
        requirePositive("ackWindow", ackWindow);
        if (ackTimeout.isNegative() || ackTimeout.isZero()) {
            throw new IllegalArgumentException("ackTimeout must be positive: " + ackTimeout);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
