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
package io.github.cmsevents.examples.quickstart;

import static java.util.stream.Collectors.joining;

import io.github.cmsevents.camel.CmsEventsConstants;
import java.util.Map;
import java.util.Set;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** The details of one call: without the option merge, the body has only the changed elements. */
public class CallInfoRoute extends RouteBuilder {

    private static final Set<String> NOT_ELEMENTS = Set.of("call", "callName", "callCorrelator", "updateType");

    @Override
    public void configure() {
        from("cms-events:callInfo?call={{call}}&elements=name,participants,recording,streaming,lockState")
                .routeId("callInfo")
                .transform()
                .body(Map.class, CallInfoRoute::changes)
                .log(
                        LoggingLevel.INFO,
                        "cms.callInfo",
                        "${header." + CmsEventsConstants.UPDATE_TYPE + "} ${header." + CmsEventsConstants.CALL_NAME
                                + "}: ${body}");
    }

    private static String changes(Map<?, ?> update) {
        return update.entrySet().stream()
                .filter(entry -> !NOT_ELEMENTS.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(joining(", "));
    }
}
