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
package io.github.cmsevents.simulator.server;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The tokens that were issued since the server started. */
final class TokenStore {

    /** Whether a token is valid. */
    enum Verdict {
        GOOD,
        /** Never issued, or issued before a restart. */
        UNKNOWN,
        /** Has opened a socket before. */
        USED
    }

    private final boolean reusable;
    private final Set<String> fresh = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    TokenStore(boolean reusable) {
        this.reusable = reusable;
    }

    String issue() {
        String token = UUID.randomUUID().toString();
        fresh.add(token);
        return token;
    }

    Verdict check(String token) {
        if (fresh.contains(token)) {
            return Verdict.GOOD;
        }
        return used.contains(token) ? Verdict.USED : Verdict.UNKNOWN;
    }

    /** A socket was opened with this token. */
    void use(String token) {
        if (!reusable && fresh.remove(token)) {
            used.add(token);
        }
    }

    void forgetAll() {
        fresh.clear();
        used.clear();
    }
}
