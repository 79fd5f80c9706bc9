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
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The frame of every page: navigation, the page's headings, and what small screens and keyboards need. */
final class Frame {

    private final String template;
    private final Page contents;

    /** @param contents the page whose lists are the navigation, with links for the site */
    Frame(String template, Page contents) {
        this.template = template;
        this.contents = contents;
    }

    Document around(Page page) {
        Document document = Jsoup.parse(template);
        document.title(page.title() + " | " + document.title());
        document.selectFirst("link[rel=stylesheet]").attr("href", page.addressOf(Path.of("style.css")));
        document.selectFirst("header a").attr("href", page.addressOf(Path.of("index.html")));
        document.selectFirst("main").appendChildren(page.content().clone().childNodes());
        addNavigation(document.getElementById("menu"), page);
        makeScrollable(document.selectFirst("main"));
        addHeadings(document.getElementById("headings"), document.selectFirst("main"));
        document.outputSettings().prettyPrint(false);
        return document;
    }

    private void addNavigation(Element menu, Page page) {
        for (Element element : contents.content().select("h2, h2 + ul")) {
            Element copy = element.clone().removeAttr("id");
            for (Element link : copy.select("a[href]")) {
                Path target =
                        contents.target().resolveSibling(link.attr("href")).normalize();
                link.attr("href", page.addressOf(target));
                if (target.equals(page.target())) {
                    link.attr("aria-current", "page");
                }
            }
            menu.appendChild(copy);
        }
    }

    /** Wide tables and blocks scroll by themselves, also with the keyboard. */
    private static void makeScrollable(Element main) {
        main.select("table").wrap("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"></div>");
        main.select("pre").attr("tabindex", "0");
    }

    private static void addHeadings(Element headings, Element main) {
        Element list = headings.appendElement("ul");
        for (Element heading : main.select("h2[id], h3[id]")) {
            list.appendElement("li")
                    .addClass(heading.normalName())
                    .appendElement("a")
                    .attr("href", "#" + heading.id())
                    .text(heading.text());
        }
    }
}
