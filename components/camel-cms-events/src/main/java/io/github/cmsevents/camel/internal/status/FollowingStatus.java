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
package io.github.cmsevents.camel.internal.status;

/**
 * The calls that a route follows, at one moment.
 *
 * @param active  how many of them the servers send the content of
 * @param waiting how many wait because no server that reports them has room
 * @param refused how many the servers that report them refuse
 */
public record FollowingStatus(int followed, int active, int waiting, int refused) {

    public static final FollowingStatus NOTHING = new FollowingStatus(0, 0, 0, 0);
}
