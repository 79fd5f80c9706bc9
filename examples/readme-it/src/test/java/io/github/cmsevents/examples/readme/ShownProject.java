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
package io.github.cmsevents.examples.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a project that a page shows, by name, and the command that starts it. */
record ShownProject(Map<String, String> files, String command) {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE =
            ROOT.resolve(Path.of("components", "camel-cms-events", "src", "main", "docs", "cms-events-component.adoc"));

    private static final Pattern FILE = Pattern.compile("(?s)`([\\w./-]+)`:\n\n```\\w+\n(.*?)```");
    private static final Pattern COMMAND = Pattern.compile("(?m)^```\n(mvn .*)\n```$");

    static ShownProject ofReadme() throws IOException {
        return of(ROOT.resolve("README.md"));
    }

    static ShownProject ofStarter() throws IOException {
        return of(ROOT.resolve(Path.of("components", "camel-cms-events-starter", "README.md")));
    }

    private static ShownProject of(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf("## In your project\n");
        String section = text.substring(begin, text.indexOf("\n## ", begin + 1));
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(section).results().forEach(file -> files.put(file.group(1), file.group(2)));
        return new ShownProject(files, first(COMMAND, section));
    }

    /** With the dependencies and properties of the component page's section about monitoring added. */
    ShownProject withObservability() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, String> observed = new LinkedHashMap<>(files);
        observed.computeIfPresent(
                "pom.xml",
                (name, pom) -> pom.replaceFirst(
                        "(?m)(?=^  </dependencies>)", Matcher.quoteReplacement(block("dependencies", page))));
        observed.computeIfPresent(
                "src/main/resources/application.properties",
                (name, properties) -> properties + block("properties", page));
        return new ShownProject(observed, command);
    }

    ShownProject with(String example, String own) {
        Map<String, String> replaced = new LinkedHashMap<>(files);
        replaced.replaceAll((name, text) -> text.replace(example, own));
        if (replaced.equals(files)) {
            throw new IllegalArgumentException("No file has " + example);
        }
        return new ShownProject(replaced, command);
    }

    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static String block(String kind, String page) {
        return first(Pattern.compile("(?s)// " + kind + ": observability\n\\[source,\\w+]\n----\n(.*?)----\n"), page);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("The page has nothing like " + pattern);
        }
        return matcher.group(1);
    }
}
