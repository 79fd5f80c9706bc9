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

import java.nio.file.Path;
import org.jsoup.nodes.Element;

/**
 * A page of the repository.
 *
 * @param source  its file, below the root of the repository
 * @param title   its first heading
 * @param content its HTML
 */
record Page(Path source, String title, Element content) {

    static final Path CONTENTS = Path.of("docs", "README.md");

    static boolean isPage(Path file) {
        return file.toString().endsWith(".md") || file.toString().endsWith(".adoc");
    }

    /** The file on the site: in the same folder, so that links between pages keep their folders. */
    Path target() {
        String name = source.getFileName().toString();
        return source.resolveSibling(
                name.equals("README.md") ? "index.html" : name.substring(0, name.lastIndexOf('.')) + ".html");
    }

    boolean hasAnchor(String id) {
        return content.getElementById(id) != null;
    }

    /** The address of another file on the site, for this page. */
    String addressOf(Path file) {
        Path folder = target().getParent();
        Path relative = folder == null ? file : folder.relativize(file);
        return relative.toString().replace('\\', '/');
    }
}
