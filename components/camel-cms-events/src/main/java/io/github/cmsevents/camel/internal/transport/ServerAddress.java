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

import io.netty.util.NetUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Meeting Server (a Call Bridge) is reached: the host and port of its web administration interface. Spellings of
 * the same host are equal.
 *
 * @param host a name in lower case without a trailing dot, an IPv4 address, or an IPv6 address without brackets
 */
public record ServerAddress(boolean tls, String host, int port) {

    // Host names, IPv4 and bracketed IPv6, with an optional port.
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(?::(?<port>[0-9]{1,5}))?");

    public ServerAddress {
        host = normalize(host);
    }

    /**
     * Reads a comma-separated list. A server that is named more than once is listed once, where it comes first.
     *
     * @throws IllegalArgumentException naming the entry that can't be read
     */
    public static List<ServerAddress> parseList(String servers) {
        // Before the list is split: a password may contain a comma.
        if (servers.indexOf('@') >= 0) {
            throw unreadable("an entry with user info");
        }
        Set<ServerAddress> addresses = new LinkedHashSet<>();
        for (String entry : servers.split(",")) {
            if (!entry.isBlank()) {
                addresses.add(parse(entry.trim()));
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
        String host = matcher.group("host");
        if (port < 1 || port > 65_535 || !isHost(host)) {
            throw unreadable("'" + entry + "'");
        }
        return new ServerAddress(tls, withoutBrackets(host), port);
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

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isHost(String host) {
        return host.startsWith("[")
                ? NetUtil.isValidIpV6Address(withoutBrackets(host))
                : !host.startsWith(".") && !host.contains("..");
    }

    private static String normalize(String host) {
        if (host.indexOf(':') >= 0 && NetUtil.isValidIpV6Address(host)) {
            int zone = host.indexOf('%');
            String address = zone < 0 ? host : host.substring(0, zone);
            return NetUtil.toAddressString(NetUtil.getByName(address), true) + (zone < 0 ? "" : host.substring(zone));
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static IllegalArgumentException unreadable(String what) {
        return new IllegalArgumentException("Option servers: "
                + what
                + " is not host, host:port, [v6]:port, https://host:port or http://host:port");
    }

    /** The host as a URL and a Host header have it: an IPv6 address in brackets, without its zone. */
    String hostInUrl() {
        int zone = host.indexOf('%');
        return host.indexOf(':') < 0 ? host : "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
    }

    /** The host and port, as {@code host:port} or {@code [v6]:port}. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }
}
