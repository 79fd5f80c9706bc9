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

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** Writes the Java source of the Spring Boot properties from the component's options. */
final class PropertiesSource {

    private final List<ComponentOption> options;
    private final StringBuilder source = new StringBuilder();

    private PropertiesSource(List<ComponentOption> options) {
        this.options = options;
    }

    static String of(List<ComponentOption> options) {
        return new PropertiesSource(options).write();
    }

    private String write() {
        source.append("/* Written by PropertiesSourceTest from the component's options. Do not edit. */\n");
        source.append("package io.github.cmsevents.camel.springboot;\n\n");
        imports().forEach(type -> source.append("import ").append(type).append(";\n"));
        source.append("""

                /** The properties {@code camel.component.cms-events.*}, one for each option of the component. */
                @ConfigurationProperties(prefix = CmsEventsProperties.PREFIX, ignoreUnknownFields = false)
                public class CmsEventsProperties extends ComponentConfigurationPropertiesCommon {

                    static final String PREFIX = "camel.component.cms-events";
                """);
        options.forEach(this::field);
        options.forEach(this::accessors);
        return source.append("}\n").toString();
    }

    private TreeSet<String> imports() {
        TreeSet<String> types = new TreeSet<>(List.of(
                "org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon",
                "org.springframework.boot.context.properties.ConfigurationProperties"));
        options.stream()
                .map(ComponentOption::propertyType)
                .filter(type -> !type.startsWith("java.lang."))
                .forEach(types::add);
        return types;
    }

    private void field(ComponentOption option) {
        source.append("""

                    /**
                     * %s
                     */
                    private %s %s%s;
                """.formatted(
                        forJavadoc(option.propertyDescription()),
                        simpleType(option),
                        option.name(),
                        option.defaultValue().isEmpty() ? "" : " = " + initialValue(option)));
    }

    private void accessors(ComponentOption option) {
        String type = simpleType(option);
        String property =
                option.name().substring(0, 1).toUpperCase() + option.name().substring(1);
        source.append("""

                    public %1$s get%2$s() {
                        return %3$s;
                    }

                    public void set%2$s(%1$s %3$s) {
                        this.%3$s = %3$s;
                    }
                """.formatted(type, property, option.name()));
    }

    private static String simpleType(ComponentOption option) {
        return option.propertyType().substring(option.propertyType().lastIndexOf('.') + 1);
    }

    private static String initialValue(ComponentOption option) {
        return switch (option.kind()) {
            case "boolean", "integer" -> option.defaultValue();
            case "enum" -> simpleType(option) + "." + option.defaultValue();
            case "duration" -> duration(option.defaultDuration());
            default -> '"' + option.defaultValue() + '"';
        };
    }

    // The forms that Spring Boot's processor reads the default from.
    private static String duration(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return "Duration.ofMillis(" + duration.toMillis() + ")";
        }
        return duration.toSecondsPart() > 0
                ? "Duration.ofSeconds(" + duration.toSeconds() + ")"
                : "Duration.ofMinutes(" + duration.toMinutes() + ")";
    }

    private static String forJavadoc(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
