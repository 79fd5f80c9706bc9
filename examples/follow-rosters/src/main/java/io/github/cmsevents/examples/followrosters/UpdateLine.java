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
package io.github.cmsevents.examples.followrosters;

import static java.util.stream.Collectors.joining;

import io.github.cmsevents.camel.CmsEventsConstants;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;

/** Formats an update as one line, with the Call Bridge that sent it. */
public final class UpdateLine {

    private final List<String> servers;

    /** @param servers the Call Bridges, as in the component's option, numbered in this order from 1 */
    public UpdateLine(String servers) {
        this.servers = List.of(servers.split(","));
    }

    /** For example {@code Board meeting  update Ada    (bridge 1) audioMuted true}. */
    public String of(Message update) {
        String line = "%-14s %-6s %-6s (%s) %s"
                .formatted(
                        update.getHeader(CmsEventsConstants.CALL_NAME),
                        update.getHeader(CmsEventsConstants.UPDATE_TYPE),
                        update.getBody(Map.class).get("name"),
                        bridge(update.getHeader(CmsEventsConstants.SERVER, String.class)),
                        details(update));
        return line.stripTrailing();
    }

    private String details(Message update) {
        return switch (update.getHeader(CmsEventsConstants.UPDATE_TYPE, String.class)) {
            case "update" -> changes(update);
            case "remove" -> whyGone(update);
            default -> "";
        };
    }

    private static String changes(Message update) {
        Map<?, ?> record = update.getBody(Map.class);
        List<?> changed = update.getHeader(CmsEventsConstants.CHANGED_ELEMENTS, List.class);
        return changed.stream()
                .map(element -> element + " " + record.get(element))
                .collect(joining(", "));
    }

    private static String whyGone(Message update) {
        return update.getHeader(CmsEventsConstants.SYNTHETIC, false, Boolean.class)
                ? "synthetic"
                : update.getHeader(CmsEventsConstants.REASON, "", String.class);
    }

    private String bridge(String server) {
        for (int i = 0; i < servers.size(); i++) {
            String address = servers.get(i).strip().replaceFirst("^https?://", "");
            if (server.equals(address) || server.startsWith(address + ":")) {
                return "bridge " + (i + 1);
            }
        }
        return server;
    }
}
