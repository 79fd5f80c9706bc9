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
package io.github.cmsevents.validator;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Checks files of Camel routes (YAML, XML), Kamelets, Pipes and application.properties, and fails the build if one has a problem. */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class ValidateMojo extends AbstractMojo {

    /** Files, and folders in which to check all files that are for Camel. */
    @Parameter(property = "cms-events.paths", defaultValue = "${project.basedir}/src/main/resources")
    private List<File> paths;

    /** Components of your own, which Camel does not have: their endpoints are not checked. */
    @Parameter(property = "cms-events.ignoredComponents")
    private Set<String> ignoredComponents = Set.of();

    /** Check nothing. */
    @Parameter(property = "cms-events.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            return;
        }
        Report report = report();
        if (report.files() == 0) {
            throw new MojoExecutionException(
                    "Nothing to check: no routes, Kamelets, Pipes or application.properties in " + paths);
        }
        report.problems().forEach(problem -> getLog().error(problem.toString()));
        if (!report.problems().isEmpty()) {
            throw new MojoFailureException(report.summary());
        }
        getLog().info(report.summary());
    }

    private Report report() throws MojoExecutionException {
        try {
            return new RouteValidator(ignoredComponents)
                    .validate(paths.stream().map(File::toPath).toList());
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot read " + e.getMessage(), e);
        }
    }
}
