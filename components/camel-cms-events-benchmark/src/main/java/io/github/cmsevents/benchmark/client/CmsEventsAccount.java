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
package io.github.cmsevents.benchmark.client;

import io.github.cmsevents.camel.CmsEventsComponent;
import io.github.cmsevents.camel.CmsEventsConfiguration;
import org.apache.camel.CamelContext;

/** Where the component finds the load server. */
final class CmsEventsAccount {

    private CmsEventsAccount() {}

    static void set(CamelContext context, int port) {
        CmsEventsConfiguration configuration = new CmsEventsConfiguration();
        configuration.setServers("http://127.0.0.1:" + port);
        configuration.setUsername("benchmark");
        configuration.setPassword("benchmark");
        context.getComponent("cms-events", CmsEventsComponent.class).setConfiguration(configuration);
    }
}
