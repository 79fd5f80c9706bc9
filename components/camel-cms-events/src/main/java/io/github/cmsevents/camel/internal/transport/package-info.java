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
/**
 * Login, sockets and timers over Vert.x, with Netty's HTTP and WebSocket codecs: the only package with network code. Everything
 * runs on one event loop, other than sending. May use Vert.x, Netty and the public exceptions; knows neither Camel nor what the
 * messages mean.
 */
package io.github.cmsevents.camel.internal.transport;
