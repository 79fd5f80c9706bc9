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

import java.util.Objects;

/**
 * Something that routes want to be told of. Equal wants share one subscription.
 *
 * @param call the call's GUID; null for {@link Resource#CALLS}
 */
public record Want(Resource resource, String call) {
    // Written out, as is the hash code: the first time that a JVM needs what a record has of its own takes it 20 ms.
    @Override
    public boolean equals(Object other) {
        return other instanceof Want want && resource == want.resource && Objects.equals(call, want.call);
    }

    @Override
    public int hashCode() {
        return 31 * resource.ordinal() + Objects.hashCode(call);
    }

    @Override
    public String toString() {
        return call == null ? resource.wireName() : resource.wireName() + " of call " + call;
    }
}
