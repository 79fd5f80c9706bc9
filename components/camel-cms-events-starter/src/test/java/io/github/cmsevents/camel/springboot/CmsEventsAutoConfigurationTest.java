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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.camel.Acknowledge;
import io.github.cmsevents.camel.BodyType;
import io.github.cmsevents.camel.CmsEventsComponent;
import io.github.cmsevents.camel.CmsEventsConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The properties of a started application reach the component. */
@ExtendWith(OutputCaptureExtension.class)
class CmsEventsAutoConfigurationTest {

    private static final String PREFIX = "--camel.component.cms-events.";

    @Test
    void eachOptionIsBound() {
        Map<String, Object> expected = new HashMap<>();
        List<String> arguments = new ArrayList<>();
        for (ComponentOption option : ComponentOption.all()) {
            if (!option.name().equals("configuration")) {
                Other other = Other.than(option);
                expected.put(option.name(), other.value());
                arguments.add(PREFIX + option.name() + "=" + other.text());
            }
        }
        try (ConfigurableApplicationContext application = start(Beans.class, arguments.toArray(String[]::new))) {
            CmsEventsComponent component = component(application, "cms-events");
            PropertyConfigurerGetter options = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
            expected.forEach((name, value) -> assertThat(options.getOptionValue(component, name, true))
                    .as(name)
                    .isEqualTo(value instanceof Class<?> bean ? application.getBean(bean) : value));
        }
    }

    @Test
    void theConfigurationCanBeABeanAndTheOtherPropertiesWinOverIt() {
        try (ConfigurableApplicationContext application = start(
                Beans.class,
                PREFIX + "configuration=#bean:configuration",
                PREFIX + "servers=cms.example.com",
                PREFIX + "elements=name")) {
            CmsEventsConfiguration configuration =
                    component(application, "cms-events").getConfiguration();
            assertThat(configuration).isSameAs(application.getBean(CmsEventsConfiguration.class));
            assertThat(configuration.getServers()).isEqualTo("cms.example.com");
            assertThat(configuration.getElements()).isEqualTo("name");
        }
    }

    @Test
    void thePropertiesAreThoseOfTheComponentWithTheirNameAndADefaultReplacesNothing() {
        try (ConfigurableApplicationContext application =
                start(OwnComponents.class, PREFIX + "servers=cms.example.com")) {
            CmsEventsComponent own = component(application, "cms-events");
            assertThat(own.getConfiguration().getServers()).isEqualTo("cms.example.com");
            assertThat(own.getAckTimeout()).isEqualTo(20_000);

            assertThat(component(application, "cms-east").getConfiguration().getServers())
                    .isEqualTo("east.example.com");
        }
    }

    @Test
    void theStarterCanBeTurnedOff() {
        for (String off : List.of("enabled=false", "customizer.enabled=false")) {
            try (ConfigurableApplicationContext application =
                    start(Beans.class, PREFIX + "servers=cms.example.com", PREFIX + off)) {
                assertThat(component(application, "cms-events")
                                .getConfiguration()
                                .getServers())
                        .isNull();
            }
        }
    }

    @Test
    void aMisspeltPropertyFailsTheStartAndItsValueIsNotReported(CapturedOutput output) {
        assertThatThrownBy(() -> start(Beans.class, PREFIX + "servers=cms.example.com", PREFIX + "passwrd=s3cret"));

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("The component cms-events has no such option: camel.component.cms-events.passwrd")
                .doesNotContain("s3cret");
    }

    @Test
    void aPlaceholderThatCannotBeResolvedIsReportedWithoutTheValue() {
        try (ConfigurableApplicationContext application = start(Beans.class, PREFIX + "password=s3cret{{x")) {
            assertThatThrownBy(() -> component(application, "cms-events"))
                    .rootCause()
                    .hasMessageContaining("camel.component.cms-events.password");
            assertThatThrownBy(() -> component(application, "cms-events"))
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("s3cret"));
        }
    }

    private static ConfigurableApplicationContext start(Class<?> beans, String... arguments) {
        return new SpringApplicationBuilder(Application.class, beans)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=warn")
                .run(arguments);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static CmsEventsComponent component(ConfigurableApplicationContext application, String name) {
        return application.getBean(CamelContext.class).getComponent(name, CmsEventsComponent.class);
    }

    /** A value that is not the default of an option. */
    private record Other(String text, Object value) {

        static Other than(ComponentOption option) {
            return switch (option.kind()) {
                case "boolean" -> {
                    boolean other = !Boolean.parseBoolean(option.defaultValue());
                    yield new Other(Boolean.toString(other), other);
                }
                case "integer" -> new Other("17", 17);
                case "duration" -> new Other("17s", 17_000L);
                case "enum" -> other(option);
                case "object" -> bean(option);
                // Nothing in a text has a meaning: a password can be any.
                default -> new Other("#a+%&=?,;\\ " + option.name(), "#a+%&=?,;\\ " + option.name());
            };
        }

        private static Other other(ComponentOption option) {
            return switch (option.name()) {
                case "acknowledge" -> new Other("received", Acknowledge.received);
                case "bodyType" -> new Other("json", BodyType.json);
                default -> throw new IllegalStateException("Another value of option " + option.name() + "?");
            };
        }

        private static Other bean(ComponentOption option) {
            return switch (option.name()) {
                case "vertx" -> new Other("#bean:vertx", Vertx.class);
                case "vertxOptions" -> new Other("#bean:vertxOptions", VertxOptions.class);
                case "clientOptions" -> new Other("#clientOptions", WebSocketClientOptions.class);
                case "sslContextParameters" -> new Other("#bean:tls", SSLContextParameters.class);
                default -> throw new IllegalStateException("A bean for option " + option.name() + "?");
            };
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    static class Beans {

        @Bean(destroyMethod = "close")
        Vertx vertx() {
            return Vertx.vertx();
        }

        @Bean
        VertxOptions vertxOptions() {
            return new VertxOptions();
        }

        @Bean
        WebSocketClientOptions clientOptions() {
            return new WebSocketClientOptions();
        }

        @Bean
        SSLContextParameters tls() {
            return new SSLContextParameters();
        }

        @Bean
        CmsEventsConfiguration configuration() {
            return new CmsEventsConfiguration();
        }
    }

    static class OwnComponents {

        @Bean("cms-events")
        CmsEventsComponent own() {
            CmsEventsComponent component = new CmsEventsComponent();
            component.setAckTimeout(20_000);
            return component;
        }

        @Bean("cms-east")
        CmsEventsComponent east() {
            CmsEventsComponent component = new CmsEventsComponent();
            component.getConfiguration().setServers("east.example.com");
            return component;
        }
    }
}
