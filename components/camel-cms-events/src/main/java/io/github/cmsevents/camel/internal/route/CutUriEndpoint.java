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
package io.github.cmsevents.camel.internal.route;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Stands for an endpoint whose secret an ampersand cuts in two, and fails the start of its route. Camel shows the URI of an
 * endpoint that it can't create, and would not mask the part of the secret behind the ampersand.
 */
public final class CutUriEndpoint extends DefaultEndpoint {

    private final String option;

    /** @param option the secret */
    public CutUriEndpoint(String uriWithoutOptions, Component component, String option) {
        super(uriWithoutOptions, component);
        this.option = option;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw failure();
    }

    @Override
    public Producer createProducer() {
        throw failure();
    }

    @Override
    public boolean isLenientProperties() {
        return true;
    }

    private IllegalArgumentException failure() {
        return new IllegalArgumentException(
                "Option " + option
                        + ": an ampersand ends its value, and what follows is not an option (not shown: it may be a part of the"
                        + " value). Write RAW(...) around a value with an ampersand, or correct the name of the option that follows");
    }
}
