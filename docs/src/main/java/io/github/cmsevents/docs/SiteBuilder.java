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
package io.github.cmsevents.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the documentation's site from the pages of the repository. */
public final class SiteBuilder {

    private final Path root;
    private final Path target;
    private final String repository;

    SiteBuilder(Path root, Path target, String repository) {
        this.root = root;
        this.target = target;
        this.repository = repository;
    }

    /** The root of the repository, the folder of the site, and the address under which the repository shows its files. */
    public static void main(String[] args) throws IOException {
        List<String> problems = new SiteBuilder(Path.of(args[0]), Path.of(args[1]), args[2]).build();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(1);
        }
    }

    /** Writes the site, and returns the problems of its pages. */
    List<String> build() throws IOException {
        List<Page> pages;
        try (PageReader reader = new PageReader(root)) {
            pages = reader.readAll();
        }
        Links links = new Links(root, pages, repository);
        pages.forEach(links::rewrite);
        List<String> problems = new ArrayList<>(links.problems());

        Page contents = pages.stream()
                .filter(page -> page.source().equals(Page.CONTENTS))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + Page.CONTENTS));
        Frame frame = new Frame(resource("page.html"), contents);
        for (Page page : pages) {
            if (page != contents && !isListed(page, contents)) {
                problems.add(page.source() + ": add a link to it to " + Page.CONTENTS);
            }
            write(page.target(), frame.around(page).outerHtml());
        }
        write(Path.of("style.css"), resource("style.css"));
        for (Path image : links.images()) {
            write(image, Files.readAllBytes(root.resolve(image)));
        }
        return problems;
    }

    private static boolean isListed(Page page, Page contents) {
        return contents.content().select("a[href]").eachAttr("href").contains(contents.addressOf(page.target()));
    }

    private void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Path file, byte[] bytes) throws IOException {
        Path path = target.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SiteBuilder.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
