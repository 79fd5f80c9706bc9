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

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The options of an endpoint; on the component, their defaults. */
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

    @UriParam(label = "security", defaultValue = "true")
    private boolean hostnameVerification = true;

    @UriParam(label = "consumer")
    @Metadata(important = true)
    private String elements;

    @UriParam(label = "consumer", defaultValue = "false")
    private boolean allowUnknownElements;

    @UriParam(label = "consumer")
    @Metadata(important = true)
    private String call;

    @UriParam(label = "consumer")
    private String callName;

    @UriParam(label = "consumer")
    private String callCorrelator;

    @UriParam(label = "consumer", defaultValue = "false")
    private boolean merge;

    @UriParam(label = "consumer", defaultValue = "true")
    private boolean reconcile = true;

    @UriParam(label = "consumer", defaultValue = "map")
    private BodyType bodyType = BodyType.map;

    @UriParam(label = "consumer", defaultValue = "processed")
    private Acknowledge acknowledge = Acknowledge.processed;

    @UriParam(label = "consumer", defaultValue = "1000")
    private int queueSize = 1000;

    @UriParam(label = "consumer", defaultValue = "false")
    private boolean subscriptionUpdates;

    @UriParam(label = "consumer", defaultValue = "true")
    private boolean sharedConnection = true;

    @UriParam(label = "consumer,advanced", defaultValue = "false")
    private boolean testConnectionOnStartup;

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
     * The Meeting Servers (Call Bridges), comma-separated: host, host:port, https://host:port or http://host:port, as for
     * the web administration interface. An IPv6 address stands in square brackets. https and port 443 unless given (80
     * for http). Required, here or on the component.
     */
    public void setServers(String servers) {
        this.servers = servers;
    }

    public String getUsername() {
        return username;
    }

    /**
     * The name of the API account. Required, here or on the component.
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
     * The TLS settings. A trust store with the issuer of the server's certificate is enough. Without it, the JVM's trust
     * store is used.
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public boolean isHostnameVerification() {
        return hostnameVerification;
    }

    /**
     * Verify that the server's certificate is for the host name in servers. Turn it off for a certificate with another
     * name; its issuer is verified all the same.
     */
    public void setHostnameVerification(boolean hostnameVerification) {
        this.hostnameVerification = hostnameVerification;
    }

    public String getElements() {
        return elements;
    }

    /**
     * Comma-separated elements to receive, or an asterisk for all elements of the resource. They decide which changes
     * trigger an update and what an update has. Keys, updateType and reason always come; without elements nothing else
     * does.
     */
    public void setElements(String elements) {
        this.elements = elements;
    }

    public boolean isAllowUnknownElements() {
        return allowUnknownElements;
    }

    /**
     * Allow elements that this version does not know. Set it for an element of a newer server.
     */
    public void setAllowUnknownElements(boolean allowUnknownElements) {
        this.allowUnknownElements = allowUnknownElements;
    }

    public String getCall() {
        return call;
    }

    /**
     * The call of a callRoster or callInfo: its GUID, which lives only as long as the call, or an asterisk for every
     * active call.
     */
    public void setCall(String call) {
        this.call = call;
    }

    public String getCallName() {
        return callName;
    }

    /**
     * The name of the calls to follow, instead of call: a name with an asterisk as wildcard anywhere, or regex: and a
     * regular expression. Case-insensitive.
     */
    public void setCallName(String callName) {
        this.callName = callName;
    }

    public String getCallCorrelator() {
        return callCorrelator;
    }

    /**
     * The callCorrelator of the conference to follow, instead of call, whenever and on whichever server it is active.
     * That of a coSpace stays the same.
     */
    public void setCallCorrelator(String callCorrelator) {
        this.callCorrelator = callCorrelator;
    }

    public boolean isMerge() {
        return merge;
    }

    /**
     * Deliver the whole record as last known instead of what changed.
     */
    public void setMerge(boolean merge) {
        this.merge = merge;
    }

    public boolean isReconcile() {
        return reconcile;
    }

    /**
     * After a gap deliver only what changed: an update for what differs, a remove for what is gone, nothing for the rest.
     * Turn it off to receive everything that the server sends again.
     */
    public void setReconcile(boolean reconcile) {
        this.reconcile = reconcile;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    /**
     * The type of the body: map (a java.util.Map) or json (a String).
     */
    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public Acknowledge getAcknowledge() {
        return acknowledge;
    }

    /**
     * When to acknowledge a message, which lets the server send the next: processed (the route has processed its updates)
     * or received (they are in the queue of the consumer). With processed a slow route delays every route on the same
     * socket.
     */
    public void setAcknowledge(Acknowledge acknowledge) {
        this.acknowledge = acknowledge;
    }

    public int getQueueSize() {
        return queueSize;
    }

    /**
     * The number of updates in the queue of the consumer with acknowledge=received. A full queue delays the
     * acknowledgement.
     */
    public void setQueueSize(int queueSize) {
        this.queueSize = queueSize;
    }

    public boolean isSubscriptionUpdates() {
        return subscriptionUpdates;
    }

    /**
     * Also deliver changes of the subscription's state, as exchanges of their own.
     */
    public void setSubscriptionUpdates(boolean subscriptionUpdates) {
        this.subscriptionUpdates = subscriptionUpdates;
    }

    public boolean isSharedConnection() {
        return sharedConnection;
    }

    /**
     * Share sockets with other routes that have the same servers, account and TLS settings. Turn it off to give a slow
     * route sockets of its own; a server has five in all.
     */
    public void setSharedConnection(boolean sharedConnection) {
        this.sharedConnection = sharedConnection;
    }

    public boolean isTestConnectionOnStartup() {
        return testConnectionOnStartup;
    }

    /**
     * Fail the start of the route when no server can be connected to. Otherwise the route starts, and connects as soon as
     * a server is there.
     */
    public void setTestConnectionOnStartup(boolean testConnectionOnStartup) {
        this.testConnectionOnStartup = testConnectionOnStartup;
    }
}
