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
package io.github.cmsevents.camel.internal.protocol;

import java.util.List;

/**
 * One entry of a subscribe request (events guide, section 5, step 1).
 *
 * @param index    the number by which the server's updates refer to it; chosen by the component
 * @param call     the call's GUID; null for {@link Resource#CALLS}
 * @param elements the elements whose changes trigger an update, and which an update carries
 */
public record Subscription(int index, Resource resource, String call, List<String> elements) {
    public Subscription {
        elements = List.copyOf(elements);
    }
}
