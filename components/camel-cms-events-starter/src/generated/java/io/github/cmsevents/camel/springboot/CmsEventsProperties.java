/* Written by PropertiesSourceTest from the component's options. Do not edit. */
package io.github.cmsevents.camel.springboot;

import io.github.cmsevents.camel.Acknowledge;
import io.github.cmsevents.camel.BodyType;
import java.time.Duration;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties {@code camel.component.cms-events.*}, one for each option of the component. */
@ConfigurationProperties(prefix = CmsEventsProperties.PREFIX, ignoreUnknownFields = false)
public class CmsEventsProperties extends ComponentConfigurationPropertiesCommon {

    static final String PREFIX = "camel.component.cms-events";

    /**
     * When to acknowledge a message, which lets the server send the next: processed (the route has processed its updates) or received (they are in the queue of the consumer). With processed a slow route delays every route on the same socket.
     */
    private Acknowledge acknowledge = Acknowledge.processed;

    /**
     * Allow elements that this version does not know. Set it for an element of a newer server.
     */
    private Boolean allowUnknownElements = false;

    /**
     * The type of the body: map (a java.util.Map) or json (a String).
     */
    private BodyType bodyType = BodyType.map;

    /**
     * Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if possible) occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will now be processed as a message and handled by the routing Error Handler. Important: This is only possible if the 3rd party component allows Camel to be alerted if an exception was thrown. Some components handle this internally only, and therefore bridgeErrorHandler is not possible. In other situations we may improve the Camel component to hook into the 3rd party component and make this possible for future releases. By default the consumer will use the org.apache.camel.spi.ExceptionHandler to deal with exceptions, that will be logged at WARN or ERROR level and ignored.
     */
    private Boolean bridgeErrorHandler = false;

    /**
     * The call of a callRoster or callInfo: its GUID, which lives only as long as the call, or an asterisk for every active call.
     */
    private String call;

    /**
     * The callCorrelator of the conference to follow, instead of call, whenever and on whichever server it is active. That of a coSpace stays the same.
     */
    private String callCorrelator;

    /**
     * The name of the calls to follow, instead of call: a name with an asterisk as wildcard anywhere, or regex: and a regular expression. Case-insensitive.
     */
    private String callName;

    /**
     * The defaults of the endpoints' options. The name of a bean of type io.github.cmsevents.camel.CmsEventsConfiguration: #bean:name.
     */
    private String configuration;

    /**
     * Comma-separated elements to receive, or an asterisk for all elements of the resource. They decide which changes trigger an update and what an update has. Keys, updateType and reason always come; without elements nothing else does.
     */
    private String elements;

    /**
     * Deliver the whole record as last known instead of what changed.
     */
    private Boolean merge = false;

    /**
     * The number of updates in the queue of the consumer with acknowledge=received. A full queue delays the acknowledgement.
     */
    private Integer queueSize = 1000;

    /**
     * After a gap deliver only what changed: an update for what differs, a remove for what is gone, nothing for the rest. Turn it off to receive everything that the server sends again.
     */
    private Boolean reconcile = true;

    /**
     * The Meeting Servers (Call Bridges), comma-separated: host, host:port, https://host:port or http://host:port, as for the web administration interface. An IPv6 address stands in square brackets. https and port 443 unless given (80 for http). Required, here or on the component.
     */
    private String servers;

    /**
     * Share sockets with other routes that have the same servers, account and TLS settings. Turn it off to give a slow route sockets of its own; a server has five in all.
     */
    private Boolean sharedConnection = true;

    /**
     * Also deliver changes of the subscription's state, as exchanges of their own.
     */
    private Boolean subscriptionUpdates = false;

    /**
     * Fail the start of the route when no server can be connected to. Otherwise the route starts, and connects as soon as a server is there.
     */
    private Boolean testConnectionOnStartup = false;

    /**
     * The time limit for the server to acknowledge a request. After it the socket is replaced.
     */
    private Duration ackTimeout = Duration.ofSeconds(10);

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled = true;

    /**
     * Vert.x options for the login and the socket, such as a proxy. The component's other options win over these. The name of a bean of type io.vertx.core.http.WebSocketClientOptions: #bean:name.
     */
    private String clientOptions;

    /**
     * The time limit for the login, and for opening the socket.
     */
    private Duration connectTimeout = Duration.ofSeconds(10);

    /**
     * The silence after which the subscribe request is sent again, which changes nothing but shows whether the server is still there. 0 turns it off.
     */
    private Duration heartbeatInterval = Duration.ofMinutes(1);

    /**
     * The number of sockets to use of a server's five, each with 100 subscriptions. Other event clients, such as Cisco Meeting Management and its standby, need the others.
     */
    private Integer maxConnectionsPerServer = 3;

    /**
     * The largest message accepted, in bytes. A larger one ends the socket.
     */
    private Integer maxMessageSize = 16777216;

    /**
     * The number of retries in a row after which to give up. 0 for no limit.
     */
    private Integer maxReconnectAttempts = 0;

    /**
     * The delay before the second attempt to connect. It doubles for each further one, with jitter.
     */
    private Duration reconnectInitialDelay = Duration.ofSeconds(1);

    /**
     * The longest delay between attempts to connect.
     */
    private Duration reconnectMaxDelay = Duration.ofMinutes(1);

    /**
     * The delay between attempts after a second refused login in a row; the first comes a minute after the first refusal. Longer than a site locks an account, so that the component does not keep it locked.
     */
    private Duration refusedLoginDelay = Duration.ofMinutes(30);

    /**
     * The silence after a gap, counted from the last message and the last acknowledgement on the socket, after which what the server did not send again is removed.
     */
    private Duration resyncQuietPeriod = Duration.ofSeconds(2);

    /**
     * The time after which a route that has not processed an update is reported in the log, and its readiness is DOWN.
     */
    private Duration stalledRouteTimeout = Duration.ofSeconds(30);

    /**
     * The Vert.x instance to run on. It is not closed. Without it, that of the vertx-websocket component is used where there is one, and otherwise one of the component itself. The name of a bean of type io.vertx.core.Vertx: #bean:name.
     */
    private String vertx;

    /**
     * The options of the component's own Vert.x instance. The name of a bean of type io.vertx.core.VertxOptions: #bean:name.
     */
    private String vertxOptions;

    /**
     * Used for enabling or disabling all consumer based health checks from this component
     */
    private Boolean healthCheckConsumerEnabled = true;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default disabled all producer based health-checks. You can turn on producer checks globally by setting camel.health.producersEnabled=true.
     */
    private Boolean healthCheckProducerEnabled = true;

    /**
     * Verify that the server's certificate is for the host name in servers. Turn it off for a certificate with another name; its issuer is verified all the same.
     */
    private Boolean hostnameVerification = true;

    /**
     * The password of the API account. Required, here or on the component.
     */
    private String password;

    /**
     * The TLS settings. A trust store with the issuer of the server's certificate is enough. Without it, the JVM's trust store is used. The name of a bean of type org.apache.camel.support.jsse.SSLContextParameters: #bean:name.
     */
    private String sslContextParameters;

    /**
     * Enable usage of global SSL context parameters.
     */
    private Boolean useGlobalSslContextParameters = false;

    /**
     * The name of the API account. Required, here or on the component.
     */
    private String username;

    public Acknowledge getAcknowledge() {
        return acknowledge;
    }

    public void setAcknowledge(Acknowledge acknowledge) {
        this.acknowledge = acknowledge;
    }

    public Boolean getAllowUnknownElements() {
        return allowUnknownElements;
    }

    public void setAllowUnknownElements(Boolean allowUnknownElements) {
        this.allowUnknownElements = allowUnknownElements;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public String getCall() {
        return call;
    }

    public void setCall(String call) {
        this.call = call;
    }

    public String getCallCorrelator() {
        return callCorrelator;
    }

    public void setCallCorrelator(String callCorrelator) {
        this.callCorrelator = callCorrelator;
    }

    public String getCallName() {
        return callName;
    }

    public void setCallName(String callName) {
        this.callName = callName;
    }

    public String getConfiguration() {
        return configuration;
    }

    public void setConfiguration(String configuration) {
        this.configuration = configuration;
    }

    public String getElements() {
        return elements;
    }

    public void setElements(String elements) {
        this.elements = elements;
    }

    public Boolean getMerge() {
        return merge;
    }

    public void setMerge(Boolean merge) {
        this.merge = merge;
    }

    public Integer getQueueSize() {
        return queueSize;
    }

    public void setQueueSize(Integer queueSize) {
        this.queueSize = queueSize;
    }

    public Boolean getReconcile() {
        return reconcile;
    }

    public void setReconcile(Boolean reconcile) {
        this.reconcile = reconcile;
    }

    public String getServers() {
        return servers;
    }

    public void setServers(String servers) {
        this.servers = servers;
    }

    public Boolean getSharedConnection() {
        return sharedConnection;
    }

    public void setSharedConnection(Boolean sharedConnection) {
        this.sharedConnection = sharedConnection;
    }

    public Boolean getSubscriptionUpdates() {
        return subscriptionUpdates;
    }

    public void setSubscriptionUpdates(Boolean subscriptionUpdates) {
        this.subscriptionUpdates = subscriptionUpdates;
    }

    public Boolean getTestConnectionOnStartup() {
        return testConnectionOnStartup;
    }

    public void setTestConnectionOnStartup(Boolean testConnectionOnStartup) {
        this.testConnectionOnStartup = testConnectionOnStartup;
    }

    public Duration getAckTimeout() {
        return ackTimeout;
    }

    public void setAckTimeout(Duration ackTimeout) {
        this.ackTimeout = ackTimeout;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getClientOptions() {
        return clientOptions;
    }

    public void setClientOptions(String clientOptions) {
        this.clientOptions = clientOptions;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Duration getHeartbeatInterval() {
        return heartbeatInterval;
    }

    public void setHeartbeatInterval(Duration heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public Integer getMaxConnectionsPerServer() {
        return maxConnectionsPerServer;
    }

    public void setMaxConnectionsPerServer(Integer maxConnectionsPerServer) {
        this.maxConnectionsPerServer = maxConnectionsPerServer;
    }

    public Integer getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(Integer maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public Integer getMaxReconnectAttempts() {
        return maxReconnectAttempts;
    }

    public void setMaxReconnectAttempts(Integer maxReconnectAttempts) {
        this.maxReconnectAttempts = maxReconnectAttempts;
    }

    public Duration getReconnectInitialDelay() {
        return reconnectInitialDelay;
    }

    public void setReconnectInitialDelay(Duration reconnectInitialDelay) {
        this.reconnectInitialDelay = reconnectInitialDelay;
    }

    public Duration getReconnectMaxDelay() {
        return reconnectMaxDelay;
    }

    public void setReconnectMaxDelay(Duration reconnectMaxDelay) {
        this.reconnectMaxDelay = reconnectMaxDelay;
    }

    public Duration getRefusedLoginDelay() {
        return refusedLoginDelay;
    }

    public void setRefusedLoginDelay(Duration refusedLoginDelay) {
        this.refusedLoginDelay = refusedLoginDelay;
    }

    public Duration getResyncQuietPeriod() {
        return resyncQuietPeriod;
    }

    public void setResyncQuietPeriod(Duration resyncQuietPeriod) {
        this.resyncQuietPeriod = resyncQuietPeriod;
    }

    public Duration getStalledRouteTimeout() {
        return stalledRouteTimeout;
    }

    public void setStalledRouteTimeout(Duration stalledRouteTimeout) {
        this.stalledRouteTimeout = stalledRouteTimeout;
    }

    public String getVertx() {
        return vertx;
    }

    public void setVertx(String vertx) {
        this.vertx = vertx;
    }

    public String getVertxOptions() {
        return vertxOptions;
    }

    public void setVertxOptions(String vertxOptions) {
        this.vertxOptions = vertxOptions;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public Boolean getHostnameVerification() {
        return hostnameVerification;
    }

    public void setHostnameVerification(Boolean hostnameVerification) {
        this.hostnameVerification = hostnameVerification;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(String sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }
}
