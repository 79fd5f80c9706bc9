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
package io.github.cmsevents.examples.meetingwall;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What axe-core finds on the page, contrasts among it, in both color schemes. */
class AccessibilityIT {

    private static Chromium chromium;
    private static ShownSite site;
    private static RunningWall wall;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        site = new ShownSite();
        wall = new RunningWall(site.servers());
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            wall.close();
            site.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void hasNoBarriers(ColorScheme scheme) {
        Page page = chromium.open(
                wall,
                "",
                new Browser.NewContextOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.locator("#counts")).containsText(ShownSite.COUNTS);
        assertThat(barriers(page)).as("the meetings").isEmpty();

        page.locator("#search").fill("a");
        page.locator("#filters button").first().click();
        assertThat(page.locator(".person.match").first()).isVisible();
        assertThat(barriers(page)).as("a search").isEmpty();

        page.locator(".card .name").first().click();
        assertThat(page.locator("#details")).isVisible();
        assertThat(barriers(page)).as("a meeting").isEmpty();

        page.keyboard().press("Escape");
        page.keyboard().press("w");
        page.locator("#search")
                .waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        // Cards appear gradually.
        page.waitForFunction("document.getAnimations().length === 0");
        assertThat(barriers(page)).as("a wall").isEmpty();
        page.context().close();
    }

    private static List<String> barriers(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                        .toList();
    }
}
