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
package io.github.cmsevents.camel.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A block of code on a page.
 *
 * @param name     of a block of properties that has one; otherwise empty
 * @param language such as yaml
 */
record ShownBlock(Path page, String name, String language, String text) {

    static final Path README = Path.of("..", "..", "README.md");
    static final Path HOW_TO = Path.of("..", "..", "docs", "how-to.md");

    private static final Pattern MARKDOWN = Pattern.compile("(?s)()```(\\w+)\n(.*?)```");
    private static final Pattern ASCIIDOC =
            Pattern.compile("(?s)(?:// properties: ([\\w-]+)\n)?\\[source,(\\w+)]\n----\n(.*?)----\n");

    static List<ShownBlock> onPage(Path page) {
        Pattern pattern = page.toString().endsWith(".md") ? MARKDOWN : ASCIIDOC;
        try {
            return pattern.matcher(Files.readString(page))
                    .results()
                    .map(match -> of(page, match))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ShownBlock of(Path page, MatchResult match) {
        String name = match.group(1) == null ? "" : match.group(1);
        return new ShownBlock(page, name, match.group(2), match.group(3));
    }

    boolean isRoute() {
        return language.equals("yaml") || (language.equals("xml") && text.contains("<route"));
    }

    /** The text read as a file of properties. */
    Properties properties() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    @Override
    public String toString() {
        return page.getFileName() + ": "
                + text.lines()
                        .filter(line -> line.contains("id:") || line.contains("uri"))
                        .findFirst()
                        .orElse(name)
                        .strip();
    }
}
