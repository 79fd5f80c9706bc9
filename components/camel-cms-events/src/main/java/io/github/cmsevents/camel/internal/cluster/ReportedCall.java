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

import io.github.cmsevents.camel.internal.protocol.Resource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A call as one Call Bridge has it: a conference, or a part of one that runs on several. Changed by {@link CallDirectory} only.
 */
public final class ReportedCall {

    private static final String NAME = "name";
    private static final String CORRELATOR = "callCorrelator";

    private final String server;
    private final String call;
    /** The kinds of subscription that tell of it. */
    private final Set<Resource> sources = EnumSet.noneOf(Resource.class);

    private String name;
    private String correlator;
    private Conference conference;
    private boolean fresh;
    private boolean identified;
    /** Somebody knows of it although no server may have told. */
    private boolean assumed;

    ReportedCall(String server, String call) {
        this.server = server;
        this.call = call;
    }

    /** The Call Bridge, as {@code host:port}. */
    public String server() {
        return server;
    }

    /** The GUID that it has there. */
    public String call() {
        return call;
    }

    /** The conference that it is, or is a part of. */
    public Conference conference() {
        return conference;
    }

    /** Whether the server lists it among its active calls, or did when it was last heard of. */
    public boolean isReported() {
        return sources.contains(Resource.CALLS);
    }

    /** Whether the server has listed it since its list of calls was last interrupted. */
    public boolean isFresh() {
        return fresh;
    }

    /** Whether somebody takes it to be there, reported or not. */
    public boolean isAssumed() {
        return assumed;
    }

    /** Whether its name and correlator are known, as far as it has any. */
    boolean isIdentified() {
        return identified;
    }

    String name() {
        return name;
    }

    String correlator() {
        return correlator;
    }

    boolean isKnown() {
        return assumed || !sources.isEmpty();
    }

    void assume(boolean really) {
        assumed = really;
    }

    void belongsTo(Conference owner) {
        conference = owner;
    }

    /** Returns whether that changed anything. */
    boolean learn(Resource source, Map<String, Object> record, boolean withIdentity) {
        boolean news = sources.add(source);
        if (source == Resource.CALLS) {
            news |= !fresh || (withIdentity && !identified);
            fresh = true;
            identified |= withIdentity;
        }
        if (!isForTheListToSay(source, name) && record.get(NAME) instanceof String told && !told.equals(name)) {
            name = told;
            news = true;
        }
        if (!isForTheListToSay(source, correlator)
                && record.get(CORRELATOR) instanceof String told
                && !told.isBlank()
                && !told.equals(correlator)) {
            correlator = told;
            news = true;
        }
        return news;
    }

    /** Details and list are told one after the other, and what one has told last must not undo what the other tells. */
    private boolean isForTheListToSay(Resource source, String known) {
        return source != Resource.CALLS && isReported() && known != null;
    }

    /** Returns whether that changed anything. */
    boolean forget(Resource source) {
        boolean known = sources.remove(source);
        if (source == Resource.CALLS) {
            fresh = false;
            identified = false;
        }
        return known;
    }

    void outdate() {
        fresh = false;
    }

    @Override
    public String toString() {
        return "call " + call + " on " + server;
    }
}
