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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Encodes what the component sends: one compact JSON object for each text frame. */
public final class MessageEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    private MessageEncoder() {}

    /**
     * A subscribe request. It replaces all subscriptions of the socket; an empty list cancels them
     * (events guide, section 1.1.1).
     */
    public static String subscribeRequest(long messageId, List<Subscription> subscriptions) {
        StringWriter text = new StringWriter(64 + 160 * subscriptions.size());
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", "message");
            json.writeObjectFieldStart("message");
            json.writeNumberField("messageId", messageId);
            json.writeStringField("type", "subscribeRequest");
            json.writeArrayFieldStart("subscriptions");
            for (Subscription subscription : subscriptions) {
                write(json, subscription);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A string writer does not fail", e);
        }
        return text.toString();
    }

    /** An acknowledgement. The server sends its next message only after it (events guide, section 5, step 4). */
    public static String acknowledgement(long messageId) {
        return "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + messageId + ",\"status\":\"success\"}}";
    }

    private static void write(JsonGenerator json, Subscription subscription) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", subscription.index());
        json.writeStringField("type", subscription.resource().wireName());
        if (subscription.call() != null) {
            json.writeStringField("call", subscription.call());
        }
        json.writeArrayFieldStart("elements");
        for (String element : subscription.elements()) {
            json.writeString(element);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
