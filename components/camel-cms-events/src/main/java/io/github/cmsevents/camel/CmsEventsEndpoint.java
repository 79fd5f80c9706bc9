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
package io.github.cmsevents.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.internal.cluster.ClusterSpec;
import io.github.cmsevents.camel.internal.route.RouteOptions;
import io.github.cmsevents.camel.internal.route.TlsParameters;
import io.github.cmsevents.camel.internal.route.UpdateMessage;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Receive live meeting updates (calls, conferences, rosters and call details) from Cisco Meeting Server.
 */
@ManagedResource(description = "Managed CMS events endpoint")
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "cms-events",
        title = "CMS Events",
        syntax = "cms-events:resource",
        category = {Category.MONITORING},
        headersClass = CmsEventsConstants.class,
        consumerOnly = true)
public class CmsEventsEndpoint extends DefaultEndpoint implements MultipleConsumersSupport, EndpointServiceLocation {

    @UriPath(
            enums = "calls,conferences,callRoster,callInfo",
            description =
                    "The resource to subscribe to: calls (active calls, as each server reports them), conferences (one"
                            + " record for each meeting, however many servers take part), callRoster (participants of a"
                            + " call) or callInfo (details of a call).")
    @Metadata(required = true)
    private final String resource;

    @UriParam
    private final CmsEventsConfiguration configuration;

    private final RouteOptions options;
    private final ObjectMapper json = new ObjectMapper();

    public CmsEventsEndpoint(
            String uri, CmsEventsComponent component, String resource, CmsEventsConfiguration configuration) {
        super(uri, component);
        this.resource = resource;
        this.configuration = configuration;
        this.options = new RouteOptions(resource, configuration);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        options.validate();
        getComponent().connectionOptions();
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        CmsEventsConsumer consumer = new CmsEventsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "cms-events only receives: a Meeting Server takes no events. Use it in from(..)");
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public CmsEventsComponent getComponent() {
        return (CmsEventsComponent) super.getComponent();
    }

    public String getResource() {
        return resource;
    }

    public CmsEventsConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return options.servers().stream()
                .map(server -> (server.tls() ? "wss://" : "ws://") + server.authority() + "/events/v1")
                .collect(Collectors.joining(","));
    }

    @Override
    public String getServiceProtocol() {
        return "cms-events";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("resource", resource);
    }

    RouteOptions options() {
        return options;
    }

    UpdateMessage messages() {
        return new UpdateMessage(resource, configuration.getBodyType(), json);
    }

    /** @param consumer for connections of its own with {@code sharedConnection=false} */
    ClusterSpec clusterSpec(Consumer consumer) {
        return new ClusterSpec(
                options.servers(),
                options.credentials(),
                configuration.getSslContextParameters(),
                TlsParameters.settings(configuration.getSslContextParameters(), getCamelContext()),
                configuration.isHostnameVerification(),
                getComponent().getClientOptions(),
                getComponent().connectionOptions(),
                configuration.isSharedConnection() ? null : consumer);
    }
}
