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

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** One call GUID, and what is said of it. It is one server's own, so there is one report; two are made the best of. */
final class Call {

    static final String CORRELATOR = "callCorrelator";

    private final String guid;
    private final Map<Integer, Report> reports = new TreeMap<>();
    private ConferenceRecord conference;

    /**
     * What one server says of a call.
     *
     * @param guid    the call's
     * @param rank    the server's place in the configured order
     * @param arrival grows with each call that a server begins to report
     */
    record Report(String server, String guid, int rank, long arrival, Map<String, Object> values) {}

    Call(String guid) {
        this.guid = guid;
    }

    String guid() {
        return guid;
    }

    /** The conference that it is part of now; null while it is in none. */
    ConferenceRecord conference() {
        return conference;
    }

    void partOf(ConferenceRecord conference) {
        this.conference = conference;
    }

    Report report(int rank) {
        return reports.get(rank);
    }

    void put(Report report) {
        reports.put(report.rank(), report);
    }

    boolean remove(int rank) {
        return reports.remove(rank) != null;
    }

    /** In the configured order of the servers. */
    Collection<Report> reports() {
        return reports.values();
    }

    /** The conference that it has to be in by what is said of it. */
    ConferenceRecord.Identity identity() {
        for (Report report : reports.values()) {
            // Blank is no correlator: it would tie calls together that have nothing in common.
            if (report.values().get(CORRELATOR) instanceof String correlator && !correlator.isBlank()) {
                return new ConferenceRecord.Identity(correlator, null);
            }
        }
        return new ConferenceRecord.Identity(null, guid);
    }
}
