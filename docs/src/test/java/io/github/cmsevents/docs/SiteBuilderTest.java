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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small repository becomes a site, and problems of its pages are reported. */
class SiteBuilderTest {

    private static final String REPOSITORY = "https://example.com/project/blob/HEAD";

    @TempDir
    Path root;

    @TempDir
    Path target;

    @BeforeEach
    void makeARepository() throws IOException {
        page("README.md", "# Project", "", "## Try it", "See [the example](examples/one).");
        page("examples/one/README.md", "# One", "[Back](../../README.md#try-it), [code](src/Main.java)");
        page("examples/one/src/Main.java", "class Main {}");
        page("component/page.adoc", "= Component", "", "== TLS", "link:../README.md#try-it[Try] and <<TLS>>.");
        page(
                "docs/README.md",
                "# Documentation",
                "",
                "## Pages",
                "",
                "- [Overview](../README.md)",
                "- [Component](../component/page.adoc#tls)",
                "- [Component as a whole](../component/page.adoc)",
                "- [One](../examples/one/README.md)");
    }

    @Test
    void linksBetweenPagesLeadToPagesOfTheSite() throws IOException {
        assertThat(build()).isEmpty();

        assertThat(built("index.html").select("main a").eachAttr("href")).containsExactly("examples/one/index.html");
        assertThat(built("examples/one/index.html").select("main a").eachAttr("href"))
                .containsExactly("../../index.html#try-it", REPOSITORY + "/examples/one/src/Main.java");
        assertThat(built("component/page.html").select("main a").eachAttr("href"))
                .containsExactly("../index.html#try-it", "#tls");
    }

    @Test
    void eachPageHasTheNavigationAndItsHeadings() throws IOException {
        build();

        Document page = built("component/page.html");
        assertThat(page.title()).isEqualTo("Component | Camel CMS Events");
        assertThat(page.select("#menu a").eachAttr("href"))
                .containsExactly("../index.html", "page.html#tls", "page.html", "../examples/one/index.html");
        assertThat(page.select("#menu [aria-current=page]").eachText()).containsExactly("Component as a whole");
        assertThat(page.select("#headings a").eachAttr("href")).containsExactly("#tls");
    }

    @Test
    void imagesAreOnTheSite() throws IOException {
        page("docs/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        page("examples/one/README.md", "# One", "![How it flows](../../docs/flow.svg)");

        assertThat(build()).isEmpty();

        assertThat(target.resolve("docs/flow.svg")).hasSameBinaryContentAs(root.resolve("docs/flow.svg"));
    }

    @Test
    void linksThatLeadNowhereAreReported() throws IOException {
        page(
                "examples/one/README.md",
                "# One",
                "[a](../two/README.md) [b](../../README.md#tryit) [c](#none) [d](ftp://example.com) [e](src/Other.java)",
                "![flow](flow.svg) ![](src/Main.java)");

        assertThat(build())
                .containsExactly(
                        "examples/one/README.md: ../two/README.md leads to no file",
                        "examples/one/README.md: ../../README.md#tryit leads to no heading of README.md",
                        "examples/one/README.md: #none leads to no heading of examples/one/README.md",
                        "examples/one/README.md: ftp://example.com has an unknown scheme",
                        "examples/one/README.md: src/Other.java leads to no file",
                        "examples/one/README.md: there is no image flow.svg",
                        "examples/one/README.md: describe the image src/Main.java in its alternative text");
    }

    @Test
    void pagesThatAreNotInTheNavigationAreReported() throws IOException {
        page("examples/two/README.md", "# Two");
        page("examples/two/target/README.md", "No page, but a result of a build");
        page("examples/two/src/test/resources/README.md", "No page, but test data");

        assertThat(build()).containsExactly("examples/two/README.md: add a link to it to docs/README.md");
    }

    /** Checked without the code that writes the links. */
    @Test
    void theSiteOfThisRepositoryHasNoLinkThatLeadsNowhere() throws IOException {
        Path site = Path.of("target", "site");
        try (Stream<Path> files = Files.walk(site)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(pages).hasSizeGreaterThan(15);
            for (Path page : pages) {
                Document document = Jsoup.parse(page);
                assertThat(document.select("h1")).as(page.toString()).hasSize(1);
                for (String address : document.select("[href], [src]").stream()
                        .map(element -> element.hasAttr("href") ? element.attr("href") : element.attr("src"))
                        .filter(address -> !URI.create(address).isAbsolute())
                        .toList()) {
                    URI uri = URI.create(address);
                    Path file = uri.getPath().isEmpty() ? page : page.resolveSibling(uri.getPath());
                    assertThat(file).as("%s: %s", page, address).isRegularFile();
                    if (uri.getFragment() != null) {
                        assertThat(Jsoup.parse(file).getElementById(uri.getFragment()))
                                .as("%s: %s", page, address)
                                .isNotNull();
                    }
                }
            }
        }
    }

    private void page(String file, String... lines) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }

    private List<String> build() throws IOException {
        return new SiteBuilder(root, target, REPOSITORY).build();
    }

    private Document built(String page) throws IOException {
        return Jsoup.parse(target.resolve(page));
    }
}
