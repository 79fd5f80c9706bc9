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
package io.github.cmsevents.examples.meetingwall;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, on the port of the WebSocket. */
public final class WallSite {

    /** Nothing but this site's own files; no script or style within the page. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script';"
                    + " trusted-types 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            // The files of a new version must not mix with those of the old one.
            "Cache-Control",
            "no-cache");

    private static final Logger LOG = LoggerFactory.getLogger(WallSite.class);

    private WallSite() {}

    /** A router for the server of the vertx-websocket component, which adds its own path to it. */
    public static Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().order(0).handler(WallSite::refuseOtherSites);
        router.get("/*").order(2).handler(StaticHandler.create("web").setCachingEnabled(false));
        router.errorHandler(500, WallSite::report);
        return router;
    }

    private static void report(RoutingContext context) {
        // Browsers go away while the server stops, which needs no report.
        if (!(context.failure() instanceof RejectedExecutionException)) {
            LOG.error("Request to {} failed", context.request().path(), context.failure());
        }
    }

    /** A page of another site could read the meetings with a WebSocket: browsers allow that, and name the page's origin. */
    private static void refuseOtherSites(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isSameSite(origin, context.request().authority())) {
            context.response().setStatusCode(403).end();
            return;
        }
        MultiMap headers = context.response().headers();
        HEADERS.forEach(headers::set);
        context.next();
    }

    /** Sends to one browser. The producer of the component would connect to this server itself when the browser is gone. */
    public static void send(@ExchangeProperty("browser") ServerWebSocket browser, @Body String text) {
        browser.writeTextMessage(text).onFailure(e -> LOG.debug("A browser went away before it had the meetings", e));
    }

    private static boolean isSameSite(String origin, HostAndPort asked) {
        try {
            URI uri = URI.create(origin);
            return asked != null && asked.host().equalsIgnoreCase(uri.getHost()) && asked.port() == uri.getPort();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
