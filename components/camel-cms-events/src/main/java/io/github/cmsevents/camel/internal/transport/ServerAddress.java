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
package io.github.cmsevents.camel.internal.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a Meeting Server (a Call Bridge) is reached: the host and port of its web administration interface. */
public record ServerAddress(boolean tls, String host, int port) {

    // Host names, IPv4 and bracketed IPv6, with an optional port.
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(?::(?<port>[0-9]{1,5}))?");

    /**
     * Reads a comma-separated list.
     *
     * @throws IllegalArgumentException naming the entry that can't be read
     */
    public static List<ServerAddress> parseList(String servers) {
        // Before it is taken apart: a password may have a comma in it.
        if (servers.indexOf('@') >= 0) {
            throw unreadable("an entry with user info");
        }
        List<ServerAddress> addresses = new ArrayList<>();
        for (String entry : servers.split(",")) {
            if (!entry.isBlank()) {
                ServerAddress address = parse(entry.trim());
                if (!addresses.contains(address)) {
                    addresses.add(address);
                }
            }
        }
        return List.copyOf(addresses);
    }

    private static ServerAddress parse(String entry) {
        boolean tls = true;
        String authority = entry;
        int scheme = entry.indexOf("://");
        if (scheme >= 0) {
            tls = switch (entry.substring(0, scheme).toLowerCase(Locale.ROOT)) {
                case "https" -> true;
                case "http" -> false;
                default -> throw unreadable("'" + entry + "'");
            };
            authority = authorityOf(entry);
        }
        Matcher matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            throw unreadable("'" + entry + "'");
        }
        int port = matcher.group("port") == null ? (tls ? 443 : 80) : Integer.parseInt(matcher.group("port"));
        if (port < 1 || port > 65_535) {
            throw unreadable("'" + entry + "'");
        }
        String host = matcher.group("host");
        return new ServerAddress(tls, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static String authorityOf(String entry) {
        try {
            URI uri = new URI(entry);
            boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath());
            if (bare && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            }
            throw unreadable("'" + entry + "'");
        } catch (URISyntaxException e) {
            throw unreadable("'" + entry + "'");
        }
    }

    private static IllegalArgumentException unreadable(String what) {
        return new IllegalArgumentException("Option servers: "
                + what
                + " is not host, host:port, [v6]:port, https://host:port or http://host:port");
    }

    /** The host and port, as {@code host:port} or {@code [v6]:port}. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    // Written out, as is the hash code: the first time that a JVM needs what a record has of its own takes it 20 ms.
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerAddress address
                && tls == address.tls
                && port == address.port
                && host.equals(address.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}
