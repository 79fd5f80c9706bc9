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
package io.github.cmsevents.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A fault of the server, for {@link Faults#next} and {@link Faults#untilCleared}. A fault applies only to what would have
 * succeeded: a login with wrong credentials is refused as usual and does not count.
 */
public sealed interface Fault {

    /** The fault's name in the journal, for example {@code refuseLogin}. */
    default String name() {
        String type = getClass().getSimpleName();
        return Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    /** A fault of a login. */
    sealed interface OfLogin extends Fault {}

    /** The login is answered with this HTTP status and no token. */
    record RefuseLogin(int status) implements OfLogin {
        public RefuseLogin {
            requireStatus(status);
        }
    }

    /**
     * The login is answered with this status and these headers; a status of 200 carries a token.
     *
     * @param end how the reply and the connection end
     */
    record AnswerLogin(int status, Map<String, String> headers, ReplyEnd end) implements OfLogin {
        public AnswerLogin {
            requireStatus(status);
            headers = Map.copyOf(headers);
            Objects.requireNonNull(end, "end");
        }
    }

    /** How an HTTP reply and its connection end. */
    enum ReplyEnd {
        /** With a Content-Length; the server closes the connection afterwards. */
        LENGTH,
        /** Without a Content-Length; the server closes the connection. */
        FIN,
        /** Without a Content-Length; the server resets the connection. */
        RESET,
        /** Without a Content-Length; the connection stays open. */
        OPEN
    }

    /** The login is answered with 200, but without the token's header. */
    record LoginWithoutToken() implements OfLogin {}

    /** The login is never answered; the connection stays open. */
    record IgnoreLogin() implements OfLogin {}

    /** The login is granted, after a delay. */
    record DelayLogin(Duration delay) implements OfLogin {
        public DelayLogin {
            Objects.requireNonNull(delay, "delay");
        }
    }

    /** The connection is closed instead of an answer to the login. */
    record DropLogin() implements OfLogin {}

    /** A fault of an upgrade. Only a delayed one uses the token. */
    sealed interface OfUpgrade extends Fault {}

    /** The upgrade is answered with this HTTP status. */
    record RefuseUpgrade(int status) implements OfUpgrade {
        public RefuseUpgrade {
            requireStatus(status);
        }
    }

    /** The upgrade is never answered; the connection stays open. */
    record IgnoreUpgrade() implements OfUpgrade {}

    /** The upgrade is granted, after a delay. */
    record DelayUpgrade(Duration delay) implements OfUpgrade {
        public DelayUpgrade {
            Objects.requireNonNull(delay, "delay");
        }
    }

    /** The connection is closed instead of an answer to the upgrade. */
    record DropUpgrade() implements OfUpgrade {}

    /** A fault of a valid subscribe request. */
    sealed interface OfRequest extends Fault {}

    /** The request is carried out, but not acknowledged. */
    record WithholdAck() implements OfRequest {}

    /** The request is neither acknowledged nor carried out. */
    record IgnoreRequest() implements OfRequest {}

    /** The request is carried out, but the acknowledgement has a number that the client has not used. */
    record WrongAckId() implements OfRequest {}

    /** The request is carried out, and acknowledged twice. */
    record DoubleAck() implements OfRequest {}

    /** The request is acknowledged with this status, and not carried out. */
    record AckStatus(String status) implements OfRequest {
        public AckStatus {
            Objects.requireNonNull(status, "status");
        }
    }

    /** A fault of a new subscription. Each new subscription counts once. */
    sealed interface OfSubscription extends Fault {}

    /** The subscription stays {@code pending}, until {@link Faults#clear()} or until its call ends. */
    record NeverActivate() implements OfSubscription {}

    /** The subscription becomes {@code deactivated} instead of {@code active}, as on a server that does not take part. */
    record DeactivateNew() implements OfSubscription {}

    /** A fault of an update message: {@code callListUpdate}, {@code rosterUpdate} or {@code callInfoUpdate}. */
    sealed interface OfUpdate extends Fault {}

    /** The message is sent twice, the second time under the next number: each needs its own acknowledgement. */
    record DuplicateUpdate() implements OfUpdate {}

    /** The message is sent after the next update message of the socket. */
    record SwapUpdates() implements OfUpdate {}

    /** Before a message with {@code add}s, the server sends an {@code update} of the same keys. */
    record UpdateBeforeAdd() implements OfUpdate {}

    /** After a message with {@code remove}s, the server sends an {@code update} of the same keys. */
    record UpdateAfterRemove() implements OfUpdate {}

    /** Before the message, the server sends one of an unknown type; it needs an acknowledgement. */
    record UnknownMessage() implements OfUpdate {}

    /** Before the message, the server sends one with wrong JSON types; it needs an acknowledgement. The kinds take turns. */
    record WrongTypes() implements OfUpdate {
        /** The number of kinds. */
        public static final int KINDS = 13;
    }

    /** Before the message, the server sends a frame of exactly this length (at least 120) with one of an unknown type. */
    record OversizeMessage(int bytes) implements OfUpdate {
        private static final int LEAST = 120;

        public OversizeMessage {
            if (bytes < LEAST) {
                throw new IllegalArgumentException("bytes must be at least " + LEAST + ": " + bytes);
            }
        }
    }

    /**
     * An outgoing frame is written a few bytes at a time. The frames behind it wait.
     *
     * @param bytes how many at a time
     * @param pause between two writes
     */
    record Drip(int bytes, Duration pause) implements Fault {
        public Drip {
            requirePositive("bytes", bytes);
            Objects.requireNonNull(pause, "pause");
        }
    }

    /** A fault after a message of the server (acknowledgements do not count). */
    sealed interface AfterMessage extends Fault {
        /** The fault happens after this number of messages, counted over all sockets, on the socket of the last one. */
        int messages();
    }

    /** The connection is reset. The client may lose the last messages. */
    record ResetAfter(int messages) implements AfterMessage {
        public ResetAfter {
            requirePositive("messages", messages);
        }
    }

    /** The socket is closed with this code; 1005 sends a close frame without a code. */
    record CloseAfter(int messages, int code) implements AfterMessage {
        public CloseAfter {
            requirePositive("messages", messages);
        }
    }

    /** The connection becomes half-open; see {@link Faults#silence()}. */
    record SilenceAfter(int messages) implements AfterMessage {
        public SilenceAfter {
            requirePositive("messages", messages);
        }
    }

    /**
     * After the message, the server sends a text frame with this text. It needs no acknowledgement; one for a
     * {@code messageId} in the text is no breach.
     */
    record Garbage(String text) implements AfterMessage {
        public Garbage {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public int messages() {
            return 1;
        }
    }

    private static void requireStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599: " + status);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
