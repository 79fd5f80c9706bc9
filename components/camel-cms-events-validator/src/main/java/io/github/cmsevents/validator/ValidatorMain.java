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

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line: prints the problems, one a line, and exits with 0 if there are none, 1 if there are, 2 for a wrong call. */
@Command(
        name = "camel-cms-events-validator",
        description = {
            "Checks files of Camel routes (YAML, XML), Kamelets, Pipes and application.properties:"
                    + " their form, the endpoints of Camel's components and of cms-events, and the uses of Kamelets.",
            "It connects to nothing and runs nothing. Each problem is a line: file:line: what is wrong.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ValidatorMain.Version.class,
        sortOptions = false,
        exitCodeOnExecutionException = 2,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no problems",
            "1:problems, or nothing to check",
            "2:a wrong option, or a file that cannot be read"
        })
public final class ValidatorMain implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|FOLDER",
            description = "What to check: files, or folders with all files in them that are for Camel.")
    private List<Path> paths;

    @Option(
            names = "--ignore-component",
            paramLabel = "NAME",
            split = ",",
            description = "A component of your own, which Camel does not have: do not check its endpoints.")
    private Set<String> ignoredComponents = Set.of();

    @Spec
    private CommandSpec command;

    /** Runs it and exits. */
    public static void main(String... arguments) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new ValidatorMain()).setOut(out).setErr(err).execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Report report;
        try {
            report = new RouteValidator(ignoredComponents).validate(paths);
        } catch (NoSuchFileException e) {
            throw new ParameterException(command.commandLine(), "There is no file or folder " + e.getFile());
        }
        if (report.files() == 0) {
            out.println("Nothing to check: no routes, Kamelets, Pipes or application.properties found");
            return 1;
        }
        report.problems().forEach(out::println);
        out.println(report.summary());
        return report.problems().isEmpty() ? 0 : 1;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ValidatorMain.class.getPackage().getImplementationVersion();
            return new String[] {"camel-cms-events-validator " + (version == null ? "(not packaged)" : version)};
        }
    }
}
