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
package io.github.cmsevents.simulator.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The elements that a server knows: those of the guide, and additional ones of a newer release. Immutable. */
public final class Elements {

    private static final Elements DOCUMENTED = new Elements(documentedElements());

    private final Map<Resource, Set<String>> byResource;

    private Elements(Map<Resource, Set<String>> byResource) {
        this.byResource = byResource;
    }

    /** The elements of the guide, section 2. */
    public static Elements documented() {
        return DOCUMENTED;
    }

    private static Map<Resource, Set<String>> documentedElements() {
        Map<Resource, Set<String>> all = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            all.put(resource, Collections.unmodifiableSet(new LinkedHashSet<>(resource.elements())));
        }
        return all;
    }

    /** These elements and additional ones for one resource. */
    public Elements with(Resource resource, String... names) {
        Map<Resource, Set<String>> all = new EnumMap<>(byResource);
        Set<String> extended = new LinkedHashSet<>(all.get(resource));
        extended.addAll(Arrays.asList(names));
        all.put(resource, Collections.unmodifiableSet(extended));
        return new Elements(all);
    }

    public Set<String> of(Resource resource) {
        return byResource.get(resource);
    }

    /** @throws IllegalArgumentException for an element that calls do not have */
    void requireCallElement(String name) {
        if (!of(Resource.CALLS).contains(name) && !of(Resource.CALL_INFO).contains(name)) {
            Set<String> known = new TreeSet<>(of(Resource.CALLS));
            known.addAll(of(Resource.CALL_INFO));
            throw new IllegalArgumentException("Unknown call element '" + name + "'; known: " + known);
        }
    }

    /** @throws IllegalArgumentException for an element that participants do not have */
    void requireParticipantElement(String name) {
        if (!of(Resource.CALL_ROSTER).contains(name)) {
            throw new IllegalArgumentException(
                    "Unknown participant element '" + name + "'; known: " + new TreeSet<>(of(Resource.CALL_ROSTER)));
        }
    }
}
