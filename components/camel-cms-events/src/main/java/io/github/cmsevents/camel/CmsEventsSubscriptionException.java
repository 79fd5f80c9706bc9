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

/** A Meeting Server refused a subscription, or has no room for it. The message says which, and what happens next. */
public class CmsEventsSubscriptionException extends Exception {

    private static final long serialVersionUID = 1L;

    public CmsEventsSubscriptionException(String message) {
        // Without a stack trace: it would show the event loop, never the route.
        super(message, null, false, false);
    }
}
