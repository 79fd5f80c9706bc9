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

import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Waits for the servers' first lists of calls. Without that, all conferences would be followed on the server that answers first, rather
 * than spread over those that report them. Lives on the cluster's event loop.
 */
final class FirstLists {

    // How long a list takes to come once its subscription is active.
    private static final long LIST_MILLIS = 100;

    // A server that does not answer must not keep the others' calls from being followed.
    private static final long AT_MOST_MILLIS = 1_000;

    private final Vertx vertx;
    private final Runnable whenHere;
    private final Set<String> awaited = new HashSet<>();

    /** @param whenHere run once there is nothing more to wait for */
    FirstLists(Vertx vertx, Runnable whenHere) {
        this.vertx = vertx;
        this.whenHere = whenHere;
    }

    /** These servers' lists have been asked for. */
    void await(Collection<String> servers) {
        if (awaited.isEmpty()) {
            awaited.addAll(servers);
            Set<String> these = Set.copyOf(servers);
            vertx.setTimer(AT_MOST_MILLIS, timer -> noLongerAwait(these));
        }
    }

    /** A server's subscription is active. */
    void listBegins(String server) {
        vertx.setTimer(LIST_MILLIS, timer -> noLongerAwait(Set.of(server)));
    }

    /** A server can't be reached now. */
    void failed(String server) {
        noLongerAwait(Set.of(server));
    }

    boolean areHere() {
        return awaited.isEmpty();
    }

    private void noLongerAwait(Set<String> servers) {
        if (awaited.removeAll(servers) && awaited.isEmpty()) {
            whenHere.run();
        }
    }
}
