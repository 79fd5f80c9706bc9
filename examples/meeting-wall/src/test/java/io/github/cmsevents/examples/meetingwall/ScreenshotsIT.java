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

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of the README, with {@code -Dscreenshots=docs}. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "Only with -Dscreenshots=docs")
class ScreenshotsIT {

    @Test
    void takesThePicturesOfTheReadme() {
        try (Chromium chromium = Chromium.start();
                ShownSite site = new ShownSite();
                RunningWall wall = new RunningWall(site.servers())) {
            take(chromium, wall, "wall", "?wall", size(1920, 1080).setColorScheme(ColorScheme.DARK));
            take(chromium, wall, "desktop", "", size(1280, 800).setColorScheme(ColorScheme.LIGHT));
            take(chromium, wall, "phone", "", phone().setColorScheme(ColorScheme.DARK));
        }
    }

    private static Browser.NewContextOptions size(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setReducedMotion(ReducedMotion.REDUCE);
    }

    private static Browser.NewContextOptions phone() {
        return size(390, 844).setDeviceScaleFactor(2).setIsMobile(true).setHasTouch(true);
    }

    /** The simulated meetings have begun just now: each picture would say so of all of them. */
    private static void letMeetingsHaveRun(BrowserContext context) {
        context.addInitScript("""
                const parse = JSON.parse;
                JSON.parse = text => {
                  const message = parse(text);
                  for (const meeting of message.meetings ?? []) {
                    const minutes = meeting.name.length * 37 % 131;
                    meeting.since -= minutes * 60_000;
                    meeting.startSeen = minutes % 3 !== 0;
                  }
                  return message;
                };""");
    }

    private static void take(
            Chromium chromium, RunningWall wall, String name, String query, Browser.NewContextOptions options) {
        Page page = chromium.open(wall, query, options, ScreenshotsIT::letMeetingsHaveRun);
        assertThat(page.locator("#counts")).containsText(ShownSite.COUNTS);
        assertThat(page.locator(".person").first()).isVisible();
        assertThat(page.getByText("No list of people yet")).hasCount(0);
        assertThat(page.locator("#bridges")).containsText("3 Call Bridges connected");
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of(System.getProperty("screenshots"), name + ".png")));
        page.context().close();
    }
}
