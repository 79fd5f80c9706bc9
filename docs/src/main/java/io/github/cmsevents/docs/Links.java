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

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** The links of all pages: to each other, to files of the repository, and to other sites. */
final class Links {

    private final Path root;
    private final Map<Path, Page> pages;
    private final String repository;
    private final Set<Path> images = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /** @param repository the address under which the repository shows a file */
    Links(Path root, List<Page> pages, String repository) {
        this.root = root;
        this.pages = pages.stream().collect(Collectors.toMap(Page::source, Function.identity()));
        this.repository = repository;
    }

    /** Makes links of the repository into links of the site. */
    void rewrite(Page page) {
        for (Element link : page.content().select("a[href]")) {
            link.attr("href", address(page, link.attr("href")));
        }
        for (Element image : page.content().select("img")) {
            Path file = file(page, image.attr("src"));
            if (image.attr("alt").isBlank()) {
                problems.add(page.source() + ": describe the image " + image.attr("src") + " in its alternative text");
            }
            if (Files.isRegularFile(root.resolve(file))) {
                images.add(file);
            } else {
                problems.add(page.source() + ": there is no image " + image.attr("src"));
            }
        }
    }

    /** Images, which the site needs too. */
    Set<Path> images() {
        return images;
    }

    /** Links that lead nowhere; each names its page. */
    List<String> problems() {
        return problems;
    }

    private String address(Page page, String link) {
        URI uri;
        try {
            uri = new URI(link);
        } catch (URISyntaxException e) {
            problems.add(page.source() + ": " + link + " is no address: " + e.getMessage());
            return link;
        }
        if (uri.isAbsolute()) {
            if (!Set.of("http", "https", "mailto").contains(uri.getScheme())) {
                problems.add(page.source() + ": " + link + " has an unknown scheme");
            }
            return link;
        }
        Path file = uri.getPath().isEmpty() ? page.source() : file(page, uri.getPath());
        if (!Files.exists(root.resolve(file))) {
            problems.add(page.source() + ": " + link + " leads to no file");
            return link;
        }
        Page target = pages.get(Files.isDirectory(root.resolve(file)) ? file.resolve("README.md") : file);
        String fragment = uri.getFragment() == null ? "" : "#" + uri.getRawFragment();
        if (target == null) {
            return repository + "/" + file.toString().replace('\\', '/') + fragment;
        }
        if (uri.getFragment() != null && !target.hasAnchor(uri.getFragment())) {
            problems.add(page.source() + ": " + link + " leads to no heading of " + target.source());
        }
        return target == page && !fragment.isEmpty() ? fragment : page.addressOf(target.target()) + fragment;
    }

    private Path file(Page page, String path) {
        return page.source().resolveSibling(path).normalize();
    }
}
