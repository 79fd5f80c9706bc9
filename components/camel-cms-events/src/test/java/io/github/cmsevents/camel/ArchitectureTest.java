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
package io.github.cmsevents.camel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between packages. Data flows frame, message, change, exchange. */
class ArchitectureTest {

    private static final String BASE = "io.github.cmsevents.camel";

    private static final JavaClasses COMPONENT =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(BASE);

    @Test
    void protocolCodeDoesNotUseCamel() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(BASE + ".internal..")
                .and()
                .resideOutsideOfPackage(BASE + ".internal.route..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..");
        rule.check(COMPONENT);
    }

    @Test
    void onlyTransportHasNetworkCode() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(BASE + ".internal..")
                .and()
                .resideOutsideOfPackage(BASE + ".internal.transport..")
                // The user's client options pass through on their way there.
                .and()
                .haveNameNotMatching(".*\\.ClusterSpec(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.core.net..", "io.netty..", "java.net.http..");
        rule.check(COMPONENT);
    }

    @Test
    void protocolAndContentUseNeitherNetworkNorTimers() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(BASE + ".internal.protocol..", BASE + ".internal.content..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "java.net..", "java.time..");
        rule.check(COMPONENT);
    }

    @Test
    void theRootPackageHasOnlyPublicApi() {
        ArchRule rule = classes()
                .that()
                .resideInAPackage(BASE)
                .and()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(".*\\.(CmsEvents\\w+|Acknowledge|BodyType|Meters)");
        rule.check(COMPONENT);
    }

    @Test
    void onlyTheMetersUseMicrometer() {
        ArchRule rule = noClasses()
                .that()
                .haveNameNotMatching(BASE.replace(".", "\\.") + "\\.CmsEventsMeters(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "org.apache.camel.component.micrometer..");
        rule.check(COMPONENT);
    }

    @Test
    void theComponentDoesNotUseTheSimulator() {
        ArchRule rule = noClasses().should().dependOnClassesThat().resideInAPackage("io.github.cmsevents.simulator..");
        rule.check(COMPONENT);
    }

    @Test
    void packagesDependOneWay() {
        ArchRule rule = slices().matching(BASE + ".internal.(*)..").should().beFreeOfCycles();
        rule.check(COMPONENT);
    }

    @Test
    void threadsComeFromCamel() {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Timer");
        rule.check(COMPONENT);
    }

    @Test
    void noStaticState() {
        ArchRule rule = fields().that().areStatic().should().beFinal();
        rule.check(COMPONENT);
    }

    @Test
    void noGrabBags() {
        ArchRule rule = noClasses()
                .should()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils");
        rule.check(COMPONENT);
    }

    @Test
    void namesOfExceptionsEndInException() {
        ArchRule rule =
                classes().that().areAssignableTo(Exception.class).should().haveSimpleNameEndingWith("Exception");
        rule.check(COMPONENT);
    }
}
