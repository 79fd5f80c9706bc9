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

import io.vertx.core.http.WebSocketClientOptions;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The options of a route; on the component, what routes have for a default. */
@UriParams
public class CmsEventsConfiguration implements Cloneable {

    @UriParam(label = "consumer")
    @Metadata(important = true)
    private String servers;

    @UriParam(label = "security", secret = true)
    private String username;

    @UriParam(label = "security", secret = true)
    private String password;

    @UriParam(label = "security")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "consumer")
    @Metadata(important = true)
    private String elements;

    @UriParam(label = "consumer")
    private boolean allowUnknownElements;

    @UriParam(label = "consumer")
    @Metadata(important = true)
    private String call;

    @UriParam(label = "consumer")
    private String callName;

    @UriParam(label = "consumer")
    private String callCorrelator;

    @UriParam(label = "consumer")
    private boolean clusterView;

    @UriParam(label = "consumer")
    private boolean merge;

    @UriParam(label = "consumer", defaultValue = "true")
    private boolean reconcile = true;

    @UriParam(label = "consumer", defaultValue = "map")
    private BodyType bodyType = BodyType.map;

    @UriParam(label = "consumer", defaultValue = "processed")
    private Acknowledge acknowledge = Acknowledge.processed;

    @UriParam(label = "consumer", defaultValue = "1000")
    private int queueSize = 1000;

    @UriParam(label = "consumer")
    private boolean subscriptionUpdates;

    @UriParam(label = "consumer,advanced", javaType = "java.time.Duration", defaultValue = "1s")
    private long reconnectInitialDelay = 1_000;

    @UriParam(label = "consumer,advanced", javaType = "java.time.Duration", defaultValue = "1m")
    private long reconnectMaxDelay = 60_000;

    @UriParam(label = "consumer,advanced")
    private int maxReconnectAttempts;

    @UriParam(label = "consumer,advanced", javaType = "java.time.Duration", defaultValue = "10s")
    private long connectTimeout = 10_000;

    @UriParam(label = "consumer,advanced", javaType = "java.time.Duration", defaultValue = "10s")
    private long ackTimeout = 10_000;

    @UriParam(label = "consumer,advanced", javaType = "java.time.Duration", defaultValue = "0")
    private long heartbeatInterval;

    @UriParam(label = "consumer,advanced", javaType = "java.time.Duration", defaultValue = "2s")
    private long resyncQuietPeriod = 2_000;

    @UriParam(label = "consumer,advanced", defaultValue = "5")
    private int maxConnectionsPerServer = 5;

    @UriParam(label = "consumer,advanced", defaultValue = "16777216")
    private int maxMessageSize = 16 * 1024 * 1024;

    @UriParam(label = "consumer,advanced")
    private boolean testConnectionOnStartup;

    @UriParam(label = "advanced")
    private WebSocketClientOptions clientOptions;

    /** A copy that can be changed without changing this one. */
    public CmsEventsConfiguration copy() {
        try {
            return (CmsEventsConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getServers() {
        return servers;
    }

    /**
     * The Meeting Servers (Call Bridges) to get updates from, comma-separated: host, host:port, https://host:port or http://host:port, as for
     * its web administration interface. An IPv6 address stands in square brackets. Without a scheme it is https, without a
     * port 443 (80 for http). Required, here or on the component.
     */
    public void setServers(String servers) {
        this.servers = servers;
    }

    public String getUsername() {
        return username;
    }

    /**
     * The API account to log in with. Required, here or on the component.
     */
    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    /**
     * The password of the API account. Required, here or on the component.
     */
    public void setPassword(String password) {
        this.password = password;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * How to speak TLS with the server. A trust store with the issuer of the server's certificate is enough. The host name
     * is verified. Without it, what the JVM trusts is trusted.
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getElements() {
        return elements;
    }

    /**
     * The elements to be told of, comma-separated, or an asterisk for all that the guide lists for the resource. They decide
     * both which changes come and what an update carries. Without any, only the GUIDs of calls or participants come and go.
     */
    public void setElements(String elements) {
        this.elements = elements;
    }

    public boolean isAllowUnknownElements() {
        return allowUnknownElements;
    }

    /**
     * Whether elements are allowed that this version does not know, for servers newer than it.
     */
    public void setAllowUnknownElements(boolean allowUnknownElements) {
        this.allowUnknownElements = allowUnknownElements;
    }

    public String getCall() {
        return call;
    }

    /**
     * The call that callRoster and callInfo are about: its GUID, which lives only as long as the conference, or an asterisk
     * for every active call.
     */
    public void setCall(String call) {
        this.call = call;
    }

    public String getCallName() {
        return callName;
    }

    /**
     * Instead of call: follow every call whose name matches this. It is a name, the beginning of one with an asterisk behind it,
     * or a regular expression; upper and lower case are the same.
     */
    public void setCallName(String callName) {
        this.callName = callName;
    }

    public String getCallCorrelator() {
        return callCorrelator;
    }

    /**
     * Instead of call: follow the conference with this callCorrelator, whenever and on whichever server it is active. The one
     * of a coSpace stays the same over all of its conferences.
     */
    public void setCallCorrelator(String callCorrelator) {
        this.callCorrelator = callCorrelator;
    }

    public boolean isClusterView() {
        return clusterView;
    }

    /**
     * For calls: one record for each conference, however many servers take part in it, rather than one for each server.
     */
    public void setClusterView(boolean clusterView) {
        this.clusterView = clusterView;
    }

    public boolean isMerge() {
        return merge;
    }

    /**
     * Whether the body is the whole record as last known, and not only what changed.
     */
    public void setMerge(boolean merge) {
        this.merge = merge;
    }

    public boolean isReconcile() {
        return reconcile;
    }

    /**
     * Whether only what is news is delivered after a gap: nothing for what is as it was, an update for what differs, and a
     * remove for what is gone. Otherwise everything that the server sends again is delivered again.
     */
    public void setReconcile(boolean reconcile) {
        this.reconcile = reconcile;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    /**
     * What the body is: a map, or a string with JSON.
     */
    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public Acknowledge getAcknowledge() {
        return acknowledge;
    }

    /**
     * When a message is acknowledged, and the server so allowed to send the next: when the route is done with its updates
     * (processed), or as soon as they are in the consumer's queue (received). With processed nothing that was acknowledged is
     * lost when the process ends, but a slow route holds up every route on the same socket.
     */
    public void setAcknowledge(Acknowledge acknowledge) {
        this.acknowledge = acknowledge;
    }

    public int getQueueSize() {
        return queueSize;
    }

    /**
     * How many updates the consumer's queue holds with acknowledge=received; a full queue delays the acknowledgement.
     */
    public void setQueueSize(int queueSize) {
        this.queueSize = queueSize;
    }

    public boolean isSubscriptionUpdates() {
        return subscriptionUpdates;
    }

    /**
     * Whether changes of the subscription's state are delivered too, as exchanges of their own.
     */
    public void setSubscriptionUpdates(boolean subscriptionUpdates) {
        this.subscriptionUpdates = subscriptionUpdates;
    }

    public long getReconnectInitialDelay() {
        return reconnectInitialDelay;
    }

    /**
     * How long to wait before trying to connect again; doubled for each further attempt, with jitter.
     */
    public void setReconnectInitialDelay(long reconnectInitialDelay) {
        this.reconnectInitialDelay = reconnectInitialDelay;
    }

    public long getReconnectMaxDelay() {
        return reconnectMaxDelay;
    }

    /**
     * The longest wait before trying to connect again. After a refused login it is always this long, so that the account is
     * not locked.
     */
    public void setReconnectMaxDelay(long reconnectMaxDelay) {
        this.reconnectMaxDelay = reconnectMaxDelay;
    }

    public int getMaxReconnectAttempts() {
        return maxReconnectAttempts;
    }

    /**
     * After how many failed attempts in a row to give up. 0 for never.
     */
    public void setMaxReconnectAttempts(int maxReconnectAttempts) {
        this.maxReconnectAttempts = maxReconnectAttempts;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long the login, and then the opening of the socket, may each take.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getAckTimeout() {
        return ackTimeout;
    }

    /**
     * How long the server may take to acknowledge a request before the socket is replaced.
     */
    public void setAckTimeout(long ackTimeout) {
        this.ackTimeout = ackTimeout;
    }

    public long getHeartbeatInterval() {
        return heartbeatInterval;
    }

    /**
     * After how long a silence to check that the server is still there, by sending the subscribe request again, which changes
     * nothing. The protocol knows no ping. 0 for never.
     */
    public void setHeartbeatInterval(long heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    public long getResyncQuietPeriod() {
        return resyncQuietPeriod;
    }

    /**
     * How long the fresh content after a gap has to be quiet before what did not come again counts as removed.
     */
    public void setResyncQuietPeriod(long resyncQuietPeriod) {
        this.resyncQuietPeriod = resyncQuietPeriod;
    }

    public int getMaxConnectionsPerServer() {
        return maxConnectionsPerServer;
    }

    /**
     * How many of a server's five sockets to use at most, each with 100 subscriptions. Other event clients, such as Cisco
     * Meeting Management, need some of the five too.
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

    public boolean isTestConnectionOnStartup() {
        return testConnectionOnStartup;
    }

    /**
     * Whether the start of the route fails when no server can be connected to. Otherwise the route starts, and connects as
     * soon as a server is there.
     */
    public void setTestConnectionOnStartup(boolean testConnectionOnStartup) {
        this.testConnectionOnStartup = testConnectionOnStartup;
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
}
