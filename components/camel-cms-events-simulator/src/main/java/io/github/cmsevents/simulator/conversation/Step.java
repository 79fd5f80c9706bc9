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
package io.github.cmsevents.simulator.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One step of a {@link Conversation}. The module's README describes each kind. */
public sealed interface Step {

    /** The name of the step in the file, for example {@code expect}. */
    String kind();

    /** A step of one server, or on its current socket. */
    sealed interface OnServer extends Step {
        /** The name of the server. */
        String server();
    }

    /**
     * Waits until the client's last request on one socket lists all of these resources.
     *
     * @param resources {@code calls}, {@code callRoster GUID} or {@code callInfo GUID}
     */
    record Expect(String server, List<String> resources, Duration within) implements OnServer {
        public Expect {
            resources = List.copyOf(resources);
        }

        @Override
        public String kind() {
            return "expect";
        }
    }

    /** Sends a message as soon as all earlier ones are acknowledged. */
    record Send(String server, ObjectNode message) implements OnServer {
        @Override
        public String kind() {
            return "send";
        }
    }

    /** Sends a text frame as soon as all earlier messages are acknowledged. */
    record Raw(String server, String frame) implements OnServer {
        @Override
        public String kind() {
            return "raw";
        }
    }

    /** Waits until all messages are acknowledged. */
    record AfterAck(String server) implements OnServer {
        @Override
        public String kind() {
            return "afterAck";
        }
    }

    /** Waits for a fixed time. */
    record Wait(Duration time) implements Step {
        @Override
        public String kind() {
            return "wait";
        }
    }

    /**
     * Ends the current socket.
     *
     * @param closeCode the code of a closing handshake; empty resets the TCP connection
     */
    record Lose(String server, OptionalInt closeCode) implements OnServer {
        @Override
        public String kind() {
            return "lose";
        }
    }

    /** Makes the current socket half-open: the server neither reads nor sends nor closes. */
    record Silent(String server) implements OnServer {
        @Override
        public String kind() {
            return "silent";
        }
    }

    /** Answers logins from now on; directly following login steps of the same server apply one login after the other. */
    record Login(String server, Fault.AnswerLogin answer) implements OnServer {
        @Override
        public String kind() {
            return "login";
        }
    }

    /**
     * Waits until the client has logged in so many times since the start.
     *
     * @param orHealth the state of the client's readiness check that ends the step as well
     */
    record Logins(String server, int count, Optional<String> orHealth, Duration within) implements OnServer {
        @Override
        public String kind() {
            return "logins";
        }
    }

    /**
     * Waits until the client's log contains a text.
     *
     * @param level the level that the line has to have
     * @param orHealth the state of the client's readiness check that ends the step as well
     */
    record LogSays(String text, Optional<String> level, Optional<String> orHealth, Duration within) implements Step {
        @Override
        public String kind() {
            return "logSays";
        }
    }
}
