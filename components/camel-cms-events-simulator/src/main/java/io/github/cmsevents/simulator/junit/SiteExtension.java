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
package io.github.cmsevents.simulator.junit;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The life cycle of one or several Meeting Servers in tests: in a static field one site for the class, cleared after each test;
 * in an instance field one for each test. A test in which a client breached the protocol fails.
 *
 * @param <S> the server or cluster
 */
abstract class SiteExtension<S> implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private final boolean failOnBreach;
    private S site;
    /** The number of classes that share the site: the one where it is registered, and nested ones. */
    private int classes;

    SiteExtension(boolean failOnBreach) {
        this.failOnBreach = failOnBreach;
    }

    /** Starts a new site. */
    abstract S open();

    /** Starts again what the previous test has stopped. */
    abstract void repair(S site);

    /** The clients' breaches, a line each. */
    abstract List<String> breaches(S site);

    /** Clears what the test has done. */
    abstract void clear(S site);

    abstract void close(S site);

    /** The site; null outside of a test. */
    final S site() {
        return site;
    }

    @Override
    public final void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            site = open();
        }
    }

    @Override
    public final void beforeEach(ExtensionContext context) {
        if (site == null) {
            site = open();
        } else {
            repair(site);
        }
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        if (site == null) {
            // The start has failed.
            return;
        }
        List<String> breaches = breaches(site);
        if (classes > 0) {
            clear(site);
        } else {
            closeSite();
        }
        if (failOnBreach && !breaches.isEmpty()) {
            throw new AssertionError("The client breached the protocol:\n  " + String.join("\n  ", breaches));
        }
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        if (--classes == 0 && site != null) {
            closeSite();
        }
    }

    private void closeSite() {
        close(site);
        site = null;
    }
}
