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
package io.github.cmsevents.camel.springboot;

import io.github.cmsevents.camel.CmsEventsComponent;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Applies the properties {@code camel.component.cms-events.*} to the component {@code cms-events}. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@ConditionalOnBean(CamelContext.class)
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.cms-events"})
@EnableConfigurationProperties(CmsEventsProperties.class)
public class CmsEventsAutoConfiguration {

    @Bean
    @ConditionalOnHierarchicalProperties({"camel.component.customizer", "camel.component.cms-events.customizer"})
    ComponentCustomizer cmsEventsComponentCustomizer(CmsEventsProperties properties) {
        return ComponentCustomizer.builder(CmsEventsComponent.class)
                // The name in the properties is that of one component: others of the same type have their own options.
                .withCondition((name, component) -> name.equals("cms-events"))
                .build(component -> configure(component, properties));
    }

    private static void configure(CmsEventsComponent component, CmsEventsProperties properties) {
        CamelContext camelContext = component.getCamelContext();
        Map<String, Object> options = CamelPropertiesHelper.getNonNullProperties(camelContext, properties);
        // A default must not replace what the application's own component bean has set.
        CamelPropertiesHelper.getNonNullProperties(camelContext, new CmsEventsProperties())
                .forEach(options::remove);
        options.remove("customizer");
        // First: it has most of the other options, and they win over it.
        if (options.containsKey("configuration")) {
            configure(component, "configuration", options.remove("configuration"));
        }
        options.forEach((name, value) -> configure(component, name, value));
    }

    private static void configure(CmsEventsComponent component, String name, Object value) {
        CamelContext camelContext = component.getCamelContext();
        PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
        if (((PropertyConfigurerGetter) configurer).getOptionType(name, true) == String.class) {
            // Not through Camel's binding: a password may begin with #, which stands for the name of a bean there.
            configurer.configure(camelContext, component, name, resolve(camelContext, name, (String) value), true);
        } else {
            CamelPropertiesHelper.setCamelProperties(camelContext, component, new HashMap<>(Map.of(name, value)), true);
        }
    }

    // Camel's exception has the whole text, which may be a password with two braces: it is not passed on.
    private static String resolve(CamelContext camelContext, String name, String text) {
        try {
            return camelContext.resolvePropertyPlaceholders(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Property " + CmsEventsProperties.PREFIX + "." + name
                            + " has a placeholder {{...}} that cannot be resolved. Define what it names, or remove the braces.");
        }
    }
}
