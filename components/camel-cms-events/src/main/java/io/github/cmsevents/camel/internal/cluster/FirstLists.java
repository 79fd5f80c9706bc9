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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.transport.EventLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Waits for the servers' first lists of calls. Otherwise all conferences would be subscribed to on the server that answers first,
 * rather than spread over those that report them.
 */
final class FirstLists {

    // How long a list takes to come once its subscription is active.
    private static final Duration LIST = Duration.ofMillis(100);

    // A server that does not answer must not keep the others' calls from being followed.
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Runnable whenComplete;
    private final Set<String> awaited = new HashSet<>();

    FirstLists(EventLoop loop, Runnable whenComplete) {
        this.loop = loop;
        this.whenComplete = whenComplete;
    }

    /** These servers' lists have been asked for. */
    void expect(Collection<String> servers) {
        if (awaited.isEmpty()) {
            awaited.addAll(servers);
            Set<String> these = Set.copyOf(servers);
            loop.after(AT_MOST, () -> noLongerExpect(these));
        }
    }

    /** The subscription to a server's list is active. */
    void listBegins(String server) {
        if (awaited.contains(server)) {
            loop.after(LIST, () -> noLongerExpect(Set.of(server)));
        }
    }

    /** A server can't be connected to now. */
    void failed(String server) {
        noLongerExpect(Set.of(server));
    }

    boolean areComplete() {
        return awaited.isEmpty();
    }

    private void noLongerExpect(Set<String> servers) {
        if (awaited.removeAll(servers) && awaited.isEmpty()) {
            whenComplete.run();
        }
    }
}
