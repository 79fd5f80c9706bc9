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
package io.github.cmsevents.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.suggest.CatalogSuggestionStrategy;

/**
 * Makes cms-events known to a Camel catalog, so that tools can check and complete its URIs and properties.
 *
 * <p>A catalog that merely has this jar on its class loader checks URIs too, but doesn't list the component.
 */
public final class CmsEventsCatalog {

    private static final String NAME = "cms-events";
    private static final String COMPONENT_CLASS = "io.github.cmsevents.camel.CmsEventsComponent";
    private static final String JSON = "/org/apache/camel/catalog/components/cms-events.json";

    private CmsEventsCatalog() {}

    /** A catalog of Camel's own components and cms-events, which suggests the nearest known name for an unknown one. */
    public static CamelCatalog create() {
        CamelCatalog catalog = new DefaultCamelCatalog(true);
        catalog.setSuggestionStrategy(new CatalogSuggestionStrategy());
        addTo(catalog);
        return catalog;
    }

    /** Adds cms-events to any catalog. Adding it again changes nothing. */
    public static void addTo(CamelCatalog catalog) {
        if (!catalog.findComponentNames().contains(NAME)) {
            catalog.addComponent(NAME, COMPONENT_CLASS, json());
        }
    }

    private static String json() {
        try (InputStream in = CmsEventsCatalog.class.getResourceAsStream(JSON)) {
            if (in == null) {
                throw new IllegalStateException(JSON + " is missing from the jar of " + CmsEventsCatalog.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
