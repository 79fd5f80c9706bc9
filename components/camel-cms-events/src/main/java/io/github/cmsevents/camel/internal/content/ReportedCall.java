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
package io.github.cmsevents.camel.internal.content;

import io.github.cmsevents.camel.internal.protocol.ServerText;
import java.util.Map;
import java.util.Set;

/** A call as one Call Bridge reports it: a conference, or its part on that server. Changed by {@link ConferenceIndex} only. */
public final class ReportedCall {

    private static final String NAME = "name";
    private static final String CORRELATOR = "callCorrelator";

    private final String server;
    private final String guid;
    private final long arrival;
    private Conference conference;
    /** The record of the server's list; empty while the server does not list the call. */
    private Map<String, Object> record = Map.of();
    /** What the list's subscription asked for when it last added the call. */
    private Set<String> elements = Set.of();

    private boolean listed;
    private boolean fresh;
    private boolean expected;

    /** @param arrival grows with each call that a server begins to report */
    ReportedCall(String server, String guid, long arrival) {
        this.server = server;
        this.guid = guid;
        this.arrival = arrival;
    }

    /** The Call Bridge, as {@code host:port}. */
    public String server() {
        return server;
    }

    /** The GUID that the call has on that server. */
    public String guid() {
        return guid;
    }

    /** The conference that the call is, or is a part of. */
    public Conference conference() {
        return conference;
    }

    /** Whether the server lists the call as active, or did before the list was interrupted. */
    public boolean isListed() {
        return listed;
    }

    /** Whether the server has listed the call since the list was last interrupted. */
    public boolean isFresh() {
        return fresh;
    }

    /** Whether a route asked for this GUID on the only server, listed or not. */
    public boolean isExpected() {
        return expected;
    }

    /** Whether the server would have reported these elements if the call had them. */
    boolean hasElements(Set<String> wanted) {
        return listed && elements.containsAll(wanted);
    }

    /** Whether the list has the elements that identify the conference. */
    boolean isIdentified() {
        return hasElements(ConferenceIndex.IDENTITY);
    }

    Set<String> elements() {
        return elements;
    }

    Map<String, Object> record() {
        return record;
    }

    long arrival() {
        return arrival;
    }

    /** Null without one; servers can blank a name shortly before the end. */
    String name() {
        return record.get(NAME) instanceof String name && !name.isBlank() ? name : null;
    }

    /** Null without one; a blank one would join calls that have nothing in common. */
    String correlator() {
        return record.get(CORRELATOR) instanceof String correlator && !correlator.isBlank() ? correlator : null;
    }

    void listed(Map<String, Object> listRecord, Set<String> listElements) {
        listed = true;
        fresh = true;
        record = listRecord;
        elements = listElements;
    }

    void unlisted() {
        listed = false;
        fresh = false;
        record = Map.of();
        elements = Set.of();
    }

    void outdated() {
        fresh = false;
    }

    void expected(boolean really) {
        expected = really;
    }

    void belongsTo(Conference owner) {
        conference = owner;
    }

    @Override
    public String toString() {
        return "call " + ServerText.unquoted(guid) + " on " + server;
    }
}
