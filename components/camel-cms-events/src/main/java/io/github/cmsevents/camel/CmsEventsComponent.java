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

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.cluster.ClusterRegistry;
import io.github.cmsevents.camel.internal.route.CutUriEndpoint;
import io.github.cmsevents.camel.internal.route.RouteRuntime;
import io.github.cmsevents.camel.internal.route.WrittenUri;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;

/** Receives live meeting updates from Cisco Meeting Server. */
@Component("cms-events")
public class CmsEventsComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private final ClusterRegistry clusters = new ClusterRegistry();
    private RouteRuntime runtime;
    private Meters meters;

    @Metadata
    private CmsEventsConfiguration configuration = new CmsEventsConfiguration();

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "1s")
    private long reconnectInitialDelay = 1_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "1m")
    private long reconnectMaxDelay = 60_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "30m")
    private long refusedLoginDelay = 1_800_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "10s")
    private long connectTimeout = 10_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "10s")
    private long ackTimeout = 10_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "1m")
    private long heartbeatInterval = 60_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "2s")
    private long resyncQuietPeriod = 2_000;

    @Metadata(label = "advanced", javaType = "java.time.Duration", defaultValue = "30s")
    private long stalledRouteTimeout = 30_000;

    @Metadata(label = "advanced", defaultValue = "0")
    private int maxReconnectAttempts;

    @Metadata(label = "advanced", defaultValue = "3")
    private int maxConnectionsPerServer = 3;

    @Metadata(label = "advanced", defaultValue = "16777216")
    private int maxMessageSize = 16 * 1024 * 1024;

    @Metadata(label = "advanced", autowired = true)
    private Vertx vertx;

    @Metadata(label = "advanced")
    private VertxOptions vertxOptions;

    @Metadata(label = "advanced")
    private WebSocketClientOptions clientOptions;

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Override
    public boolean useRawUri() {
        // The name of a call can have characters that Camel's normal form of the URI loses.
        return true;
    }

    @Override
    public Endpoint createEndpoint(String writtenUri, Map<String, Object> properties) throws Exception {
        EndpointUriFactory names = getCamelContext().getCamelContextExtension().getEndpointUriFactory("cms-events");
        Optional<String> cut = WrittenUri.cutSecret(writtenUri, names.propertyNames(), names.secretPropertyNames());
        if (cut.isPresent()) {
            return new CutUriEndpoint(writtenUri.substring(0, writtenUri.indexOf('?')), this, cut.get());
        }
        String uri = URISupport.normalizeUri(WrittenUri.withLiteralCallName(writtenUri));
        Map<String, Object> parameters = properties == null
                ? URISupport.parseParameters(new URI(UnsafeUriCharactersEncoder.encode(uri)))
                : properties;
        return super.createEndpoint(uri, parameters);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CmsEventsConfiguration copy = configuration.copy();
        CmsEventsEndpoint endpoint = new CmsEventsEndpoint(uri, this, remaining, copy);
        setProperties(endpoint, parameters);
        if (copy.getSslContextParameters() == null) {
            copy.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        return endpoint;
    }

    @Override
    protected void doStop() throws Exception {
        try {
            if (runtime != null) {
                runtime.stop();
            }
        } finally {
            runtime = null;
            super.doStop();
        }
    }

    ClusterRegistry clusters() {
        return clusters;
    }

    /** Made for the first route: a component that is first used while its context is suspended is not started. */
    synchronized RouteRuntime runtime() {
        if (runtime == null) {
            runtime = new RouteRuntime(getCamelContext(), vertx, vertxOptions);
        }
        return runtime;
    }

    synchronized Meters meters() {
        if (meters == null) {
            meters = Meters.of(getCamelContext());
        }
        return meters;
    }

    ConnectionOptions connectionOptions() {
        return new ConnectionOptions(
                duration("reconnectInitialDelay", reconnectInitialDelay, 1),
                duration("reconnectMaxDelay", reconnectMaxDelay, 1),
                within("maxReconnectAttempts", maxReconnectAttempts, 0, Integer.MAX_VALUE),
                duration("refusedLoginDelay", refusedLoginDelay, 1),
                duration("connectTimeout", connectTimeout, 1),
                duration("ackTimeout", ackTimeout, 1),
                duration("heartbeatInterval", heartbeatInterval, 0),
                duration("resyncQuietPeriod", resyncQuietPeriod, 1),
                duration("stalledRouteTimeout", stalledRouteTimeout, 1),
                within("maxConnectionsPerServer", maxConnectionsPerServer, 1, 5),
                within("maxMessageSize", maxMessageSize, 1024, Integer.MAX_VALUE));
    }

    private static Duration duration(String option, long millis, int least) {
        if (millis < least || millis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Option " + option + ": " + millis + " ms is not from " + least + " ms to 24 days");
        }
        return Duration.ofMillis(millis);
    }

    private static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "Option " + option + ": " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    public CmsEventsConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The defaults of the endpoints' options.
     */
    public void setConfiguration(CmsEventsConfiguration configuration) {
        this.configuration = configuration;
    }

    public long getReconnectInitialDelay() {
        return reconnectInitialDelay;
    }

    /**
     * The delay before the second attempt to connect. It doubles for each further one, with jitter.
     */
    public void setReconnectInitialDelay(long reconnectInitialDelay) {
        this.reconnectInitialDelay = reconnectInitialDelay;
    }

    public long getReconnectMaxDelay() {
        return reconnectMaxDelay;
    }

    /**
     * The longest delay between attempts to connect.
     */
    public void setReconnectMaxDelay(long reconnectMaxDelay) {
        this.reconnectMaxDelay = reconnectMaxDelay;
    }

    public long getRefusedLoginDelay() {
        return refusedLoginDelay;
    }

    /**
     * The delay between attempts after a second refused login in a row; the first comes a minute after the first refusal.
     * Longer than a site locks an account, so that the component does not keep it locked.
     */
    public void setRefusedLoginDelay(long refusedLoginDelay) {
        this.refusedLoginDelay = refusedLoginDelay;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * The time limit for the login, and for opening the socket.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getAckTimeout() {
        return ackTimeout;
    }

    /**
     * The time limit for the server to acknowledge a request. After it the socket is replaced.
     */
    public void setAckTimeout(long ackTimeout) {
        this.ackTimeout = ackTimeout;
    }

    public long getHeartbeatInterval() {
        return heartbeatInterval;
    }

    /**
     * The silence after which the subscribe request is sent again, which changes nothing but shows whether the server is
     * still there. 0 turns it off.
     */
    public void setHeartbeatInterval(long heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public long getResyncQuietPeriod() {
        return resyncQuietPeriod;
    }

    /**
     * The silence after a gap, counted from the last message and the last acknowledgement on the socket, after which what
     * the server did not send again is removed.
     */
    public void setResyncQuietPeriod(long resyncQuietPeriod) {
        this.resyncQuietPeriod = resyncQuietPeriod;
    }

    public long getStalledRouteTimeout() {
        return stalledRouteTimeout;
    }

    /**
     * The time after which a route that has not processed an update is reported in the log, and its readiness is DOWN.
     */
    public void setStalledRouteTimeout(long stalledRouteTimeout) {
        this.stalledRouteTimeout = stalledRouteTimeout;
    }

    public int getMaxReconnectAttempts() {
        return maxReconnectAttempts;
    }

    /**
     * The number of retries in a row after which to give up. 0 for no limit.
     */
    public void setMaxReconnectAttempts(int maxReconnectAttempts) {
        this.maxReconnectAttempts = maxReconnectAttempts;
    }

    public int getMaxConnectionsPerServer() {
        return maxConnectionsPerServer;
    }

    /**
     * The number of sockets to use of a server's five, each with 100 subscriptions. Other event clients, such as Cisco
     * Meeting Management and its standby, need the others.
     */
    public void setMaxConnectionsPerServer(int maxConnectionsPerServer) {
        this.maxConnectionsPerServer = maxConnectionsPerServer;
    }

    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    /**
     * The largest message accepted, in bytes. A larger one ends the socket.
     */
    public void setMaxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public Vertx getVertx() {
        return vertx;
    }

    /**
     * The Vert.x instance to run on. It is not closed. Without it, that of the vertx-websocket component is used where
     * there is one, and otherwise one of the component itself.
     */
    public void setVertx(Vertx vertx) {
        this.vertx = vertx;
    }

    public VertxOptions getVertxOptions() {
        return vertxOptions;
    }

    /**
     * The options of the component's own Vert.x instance.
     */
    public void setVertxOptions(VertxOptions vertxOptions) {
        this.vertxOptions = vertxOptions;
    }

    public WebSocketClientOptions getClientOptions() {
        return clientOptions;
    }

    /**
     * Vert.x options for the login and the socket, such as a proxy. The component's other options win over these.
     */
    public void setClientOptions(WebSocketClientOptions clientOptions) {
        this.clientOptions = clientOptions;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /**
     * Enable usage of global SSL context parameters.
     */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
