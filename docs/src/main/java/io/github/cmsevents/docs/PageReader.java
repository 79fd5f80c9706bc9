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
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Reads the pages of a repository: Markdown and AsciiDoc. */
final class PageReader implements AutoCloseable {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    // Results of builds, and test data.
    private static final List<Path> NO_PAGES =
            List.of(Path.of("target"), Path.of("node_modules"), Path.of("src", "test"), Path.of("src", "it"));

    private final Path root;
    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer renderer =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();
    private final Asciidoctor asciidoctor = Asciidoctor.Factory.create();

    PageReader(Path root) {
        this.root = root;
    }

    List<Page> readAll() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean hidden =
                        !folder.equals(root) && folder.getFileName().toString().startsWith(".");
                return hidden || NO_PAGES.stream().anyMatch(folder::endsWith)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (Page.isPage(file)) {
                    sources.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources.stream().sorted().map(this::read).toList();
    }

    private Page read(Path source) {
        String html = source.toString().endsWith(".md") ? markdown(source) : asciidoc(source);
        Element content = Jsoup.parseBodyFragment(html).body();
        Element heading = content.selectFirst("h1");
        if (heading == null) {
            throw new IllegalStateException(source + ": write a heading of the first level; it is the title");
        }
        return new Page(source, heading.text(), content);
    }

    private String markdown(Path source) {
        return renderer.render(parser.parse(text(source)));
    }

    private String asciidoc(Path source) {
        Options options = Options.builder()
                .safe(SafeMode.SAFE)
                .attributes(Attributes.builder()
                        .showTitle(true)
                        // The ids of headings that GitHub gives them.
                        .attribute("idprefix", "")
                        .attribute("idseparator", "-")
                        .build())
                .build();
        return asciidoctor.convert(text(source), options);
    }

    private String text(Path source) {
        try {
            return Files.readString(root.resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        asciidoctor.close();
    }
}
