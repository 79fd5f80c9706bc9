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

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.ParticipantOptions;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser, in front of simulated Call Bridges. */
class WallPageIT {

    private static Chromium chromium;

    private final MeetingServerCluster cluster = MeetingServerCluster.builder()
            .bridges(2)
            .server(server -> server.credentials("admin", "admin"))
            .build();

    private RunningWall wall;

    @BeforeAll
    static void startTheBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() {
        cluster.start();
        wall = new RunningWall(cluster.urls());
    }

    @AfterEach
    void stop() {
        chromium.closePages();
        wall.close();
        List<Breach> breaches = cluster.breaches();
        cluster.close();
        assertThat(breaches).isEmpty();
        assertThat(chromium.takeProblems()).isEmpty();
    }

    private Page open() {
        return open("");
    }

    private Page open(String query) {
        return chromium.open(wall, query, new Browser.NewContextOptions().setViewportSize(1280, 800));
    }

    private static Locator card(Page page, String meeting) {
        return page.locator(".card")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.BUTTON,
                                new Page.GetByRoleOptions().setName(meeting).setExact(true))));
    }

    private static Locator person(Page page, String meeting, String name) {
        return card(page, meeting)
                .locator(".person:visible")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + name)));
    }

    private static Locator cards(Page page) {
        return page.locator(".card");
    }

    @Test
    void showsMeetingsAndWhatThePeopleInThemDo() {
        DistributedCall board = cluster.createCall(
                CallOptions.named("Board").set("recording", "active").set("lockState", "locked"));
        board.addParticipant(0, ParticipantOptions.named("Ada").set("activeSpeaker", true));
        board.addParticipant(
                0,
                ParticipantOptions.named("Bo")
                        .set("presenter", true)
                        .set("audioMuted", true)
                        .set("videoMuted", true));
        board.addParticipant(1, ParticipantOptions.named("Chidi").set("state", "initial"));
        board.addParticipant(1, ParticipantOptions.named("Dana").set("state", "onHold"));
        cluster.createCall(CallOptions.named("Radio").set("streaming", "active"))
                .addParticipant(1, "Emre", "");

        Page page = open();

        assertThat(page).hasTitle("Rooms");
        assertThat(page.locator("#counts")).hasText("2 meetings · 5 people");
        assertThat(page.locator("#live")).hasText("Live");
        assertThat(card(page, "Board").locator(".badge:visible")).hasText(new String[] {"Recording", "Locked"});
        assertThat(card(page, "Radio").locator(".badge:visible")).hasText(new String[] {"Streaming"});
        assertThat(person(page, "Board", "Ada").locator(".sign:visible")).hasText(new String[] {"speaking"});
        assertThat(person(page, "Board", "Bo").locator(".sign:visible"))
                .hasText(new String[] {"presenting", "microphone muted", "camera muted"});
        assertThat(person(page, "Board", "Chidi").locator(".state")).hasText("waiting");
        assertThat(person(page, "Board", "Dana").locator(".state")).hasText("on hold");
        assertThat(card(page, "Board").locator(".at"))
                .containsText(":" + cluster.bridge(0).port() + ", :"
                        + cluster.bridge(1).port());
        assertThat(page.content()).doesNotContain("admin");
    }

    @Test
    void followsEveryChange() {
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "");
        Page page = open();
        assertThat(person(page, "Board", "Ada")).isVisible();

        DistributedParticipant bo = board.addParticipant(1, "Bo", "");
        assertThat(person(page, "Board", "Bo")).isVisible();
        bo.set("activeSpeaker", true);
        assertThat(person(page, "Board", "Bo").locator(".sign:visible")).hasText(new String[] {"speaking"});
        ada.set("activeSpeaker", true);
        assertThat(person(page, "Board", "Ada").locator(".sign:visible")).hasText(new String[] {"speaking"});
        assertThat(person(page, "Board", "Bo").locator(".sign:visible")).hasCount(0);
        board.set("recording", "active");
        assertThat(card(page, "Board").locator(".badge:visible")).hasText("Recording");
        bo.leave("clientInitiated");
        assertThat(person(page, "Board", "Bo")).hasCount(0);
        board.set("name", "Board of directors");
        assertThat(card(page, "Board of directors")).isVisible();
        DistributedCall sales = cluster.createCall("Sales");
        sales.addParticipant(0, "Dana", "");
        assertThat(cards(page)).hasCount(2);
        sales.end();
        board.end();
        assertThat(cards(page)).hasCount(0);
        assertThat(page.locator("#empty-text")).hasText("No meeting is going on now.");
    }

    @Test
    void textOfTheServerIsNeverMarkup() {
        String image = "<img src=x onerror=\"window.broken=1\">";
        String script = "<script>window.broken=2</script>";
        cluster.createCall(image).addParticipant(0, script, "<b>uri</b>");
        Page page = open();

        assertThat(card(page, image)).isVisible();
        assertThat(page.locator(".person-name").first()).hasText(script);
        card(page, image).getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator("#details-name")).hasText(image);
        assertThat(page.locator("#details .uri").first()).hasText("<b>uri</b>");
        page.locator("#search")
                .evaluate("(input, text) => { input.value = text; input.dispatchEvent(new Event('input')); }", image);

        assertThat(page.locator("img, main script, dialog b")).hasCount(0);
        assertThat(page.evaluate("window.broken")).isNull();
    }

    @Test
    void thePolicyOfThePageRefusesMarkupAndScriptsFromElsewhere() {
        Page page = open();

        assertThat(page.evaluate("""
                        () => {
                          try { document.body.innerHTML = '<img src=x onerror="window.broken=1">'; return 'parsed'; }
                          catch (e) { return e.name; }
                        }""")).isEqualTo("TypeError");
        assertThat(page.evaluate("""
                        () => new Promise(resolve => {
                          document.addEventListener('securitypolicyviolation', e => resolve(e.effectiveDirective));
                          const image = document.createElement('img');
                          image.src = 'http://127.0.0.2:9/';
                          document.body.append(image);
                        })""")).isEqualTo("img-src");
        // Chromium reports both in its console.
        assertThat(chromium.takeProblems())
                .isNotEmpty()
                .allMatch(problem -> problem.contains("Content Security Policy") || problem.contains("TrustedHTML"));
    }

    @Test
    void saysWhichCallBridgeIsLostAndWhatThatMeans() {
        cluster.createCall("Here").addParticipant(0, "Ada", "");
        cluster.createCall("There").addParticipant(1, "Bo", "");
        Page page = open();
        assertThat(card(page, "There")).isVisible();
        assertThat(page.locator("#notice")).isEmpty();
        assertThat(page.locator("#bridges")).containsText("2 Call Bridges connected");

        cluster.bridge(1).stop();
        String lost = ":" + URI.create(cluster.bridge(1).url()).getPort();

        assertThat(page.locator("#notice"))
                .hasText("1 Call Bridge is not connected: " + lost + ". Meetings there may be missing or out of date.");
        assertThat(page.locator("#live")).hasText("Partly live");
        assertThat(card(page, "There").locator(".at")).containsText(lost + " (lost)");
        assertThat(card(page, "Here").locator(".at")).not().containsText("lost");

        cluster.bridge(0).stop();
        assertThat(page.locator("#notice"))
                .hasText("Not live: no Call Bridge is connected. What you see may be out of date.");
        assertThat(page).hasTitle("(not live) Rooms");

        cluster.bridge(0).start();
        cluster.bridge(1).start();
        assertThat(page.locator("#notice")).isEmpty();
        assertThat(page.locator("#live")).hasText("Live");
    }

    @Test
    void reconnectsByItselfWhenTheServerIsBackAndIsRightAgain() {
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "");
        cluster.createCall("Sales").addParticipant(0, "Dana", "").call();
        Page page = open();
        assertThat(cards(page)).hasCount(2);

        wall.stop();
        assertThat(page.locator("#live")).hasText("Not live");
        assertThat(page.locator("#notice"))
                .hasText(Pattern.compile("Not live: the connection to the server was lost at .*"));
        assertThat(page).hasTitle("(not live) Rooms");
        assertThat(person(page, "Board", "Ada")).isVisible();
        cluster.calls().stream().filter(call -> call.name().equals("Sales")).forEach(DistributedCall::end);
        board.addParticipant(1, "Bo", "");
        ada.leave("clientInitiated");
        wall.start();

        assertThat(page.locator("#live")).hasText("Live");
        assertThat(person(page, "Board", "Bo")).isVisible();
        assertThat(person(page, "Board", "Ada")).hasCount(0);
        assertThat(cards(page)).hasCount(1);
        assertThat(page.locator("#notice")).isEmpty();
    }

    @Test
    void searchesFiltersAndSorts() {
        DistributedCall board = cluster.createCall(CallOptions.named("Board").set("recording", "active"));
        board.addParticipant(0, "Ada Lovelace", "ada@example.com");
        board.addParticipant(0, "Bo", "");
        DistributedCall sales = cluster.createCall(
                CallOptions.named("Sales").set("recording", "active").set("lockState", "locked"));
        sales.addParticipant(0, ParticipantOptions.named("Chidi").set("state", "initial"));
        cluster.createCall("Archive").addParticipant(0, "Dana", "");
        Page page = open();
        assertThat(page.locator(".name")).hasText(new String[] {"Archive", "Board", "Sales"});

        page.getByRole(AriaRole.SEARCHBOX).fill("LOVE");
        assertThat(page.locator(".name")).hasText(new String[] {"Board"});
        assertThat(page.locator(".person.match .person-name")).hasText("Ada Lovelace");
        assertThat(page.locator("#results")).hasText("1 meeting shown");
        page.getByRole(AriaRole.SEARCHBOX).fill("ada@ex board");
        assertThat(page.locator(".name")).hasText(new String[] {"Board"});
        page.getByRole(AriaRole.SEARCHBOX).fill("no such thing");
        assertThat(page.locator("#empty-text")).hasText("No meeting is like that now.");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show all meetings"))
                .click();
        assertThat(cards(page)).hasCount(3);

        filter(page, "Recording").click();
        assertThat(page.locator(".name")).hasText(new String[] {"Board", "Sales"});
        filter(page, "Locked").click();
        filter(page, "Waiting").click();
        assertThat(page.locator(".name")).hasText(new String[] {"Sales"});
        assertThat(page).hasURL(Pattern.compile("only=recording"));
        page.reload();
        assertThat(page.locator(".name")).hasText(new String[] {"Sales"});
        assertThat(filter(page, "Locked")).hasAttribute("aria-pressed", "true");
        for (String name : List.of("Recording", "Locked", "Waiting")) {
            filter(page, name).click();
        }

        page.getByLabel("Sort").selectOption("people");
        assertThat(page.locator(".name")).hasText(new String[] {"Board", "Archive", "Sales"});
    }

    @Test
    void sortsWhatHasNoNameByWhatIsShown() {
        DistributedCall board = cluster.createCall("Zoo");
        board.addParticipant(0, "Zoe", "");
        board.addParticipant(0, "", "bo@example.com");
        board.addParticipant(0, "Vera", "");
        cluster.createCall("").addParticipant(0, "Ada", "");
        cluster.createCall("Archive").addParticipant(0, "Bo", "");
        Page page = open();

        assertThat(page.locator(".name")).hasText(new String[] {"No name", "Archive", "Zoo"});
        assertThat(card(page, "Zoo").locator(".person-name:visible"))
                .hasText(new String[] {"bo@example.com", "Vera", "Zoe"});
    }

    private static Locator filter(Page page, String name) {
        return page.locator("#filters button").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void worksWithTheKeyboardAndKeepsTheFocus() {
        for (int i = 0; i < 12; i++) {
            cluster.createCall("Room %02d".formatted(i)).addParticipant(0, "Person " + i, "");
        }
        Page page = open();
        assertThat(page.locator("#counts")).containsText("12 meetings");

        page.keyboard().press("/");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
        card(page, "Room 00").getByRole(AriaRole.BUTTON).focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowDown");
        assertThat(card(page, "Room 04").getByRole(AriaRole.BUTTON)).isFocused();
        page.keyboard().press("End");
        assertThat(card(page, "Room 11").getByRole(AriaRole.BUTTON)).isFocused();

        // The order changes around it, and then it is the last.
        cluster.createCall("A new room").addParticipant(0, "Ada", "");
        assertThat(page.locator("#counts")).containsText("13 meetings");
        assertThat(card(page, "Room 11").getByRole(AriaRole.BUTTON)).isFocused();
        call("Room 11").set("name", "Room 05 and a half");
        assertThat(card(page, "Room 05 and a half").getByRole(AriaRole.BUTTON)).isFocused();
        call("Room 05 and a half").end();
        assertThat(card(page, "Room 06").getByRole(AriaRole.BUTTON)).isFocused();

        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ROWHEADER))
                .hasText(new String[] {"Person 6"});
        call("Room 06").addParticipant(0, "Bo", "");
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ROWHEADER))
                .hasText(new String[] {"Bo", "Person 6"});
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(card(page, "Room 06").getByRole(AriaRole.BUTTON)).isFocused();
    }

    private DistributedCall call(String name) {
        return cluster.calls().stream()
                .filter(call -> call.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsAScreenReaderQuietWhileMeetingsChange() {
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "");
        Page page = open();
        assertThat(person(page, "Board", "Ada")).isVisible();
        page.evaluate("""
                () => {
                  window.spoken = [];
                  const watch = new MutationObserver(() => window.spoken.push(document.activeElement.id));
                  document.querySelectorAll('[role=status], [aria-live]').forEach(
                    region => watch.observe(region, {childList: true, characterData: true, subtree: true}));
                }""");

        for (int i = 0; i < 5; i++) {
            ada.set("name", "Ada " + i);
            assertThat(person(page, "Board", "Ada " + i)).isVisible();
        }
        assertThat((List<?>) page.evaluate("window.spoken")).isEmpty();

        cluster.bridge(1).stop();
        assertThat(page.locator("#notice")).containsText("not connected");
        assertThat((List<?>) page.evaluate("window.spoken")).hasSize(1);
    }

    @Test
    void fitsAPhone() {
        String longName = "A meeting with a very long name that goes on and on, of the department of long names";
        cluster.createCall(CallOptions.named(longName)
                        .set("recording", "active")
                        .set("streaming", "active")
                        .set("lockState", "locked"))
                .addParticipant(0, "A person with a very long name, of the department of long names", "");
        Page page = chromium.open(
                wall,
                "",
                new Browser.NewContextOptions()
                        .setViewportSize(360, 740)
                        .setHasTouch(true)
                        .setIsMobile(true));

        assertThat(card(page, longName)).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat(card(page, longName).boundingBox().width).isBetween(300.0, 360.0);
        for (Locator badge : card(page, longName).locator(".badge:visible").all()) {
            assertThat(badge.boundingBox().x + badge.boundingBox().width).isLessThan(350);
        }
        card(page, longName).tap();
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }

    @Test
    void turnsThePagesOfAWallScreen() {
        for (int i = 0; i < 14; i++) {
            cluster.createCall("Room %02d".formatted(i)).addParticipant(0, "Person " + i, "");
        }
        Page page = chromium.open(
                wall,
                "?wall&seconds=3",
                new Browser.NewContextOptions().setViewportSize(1920, 1080).setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.locator("#page")).hasText("Page 1 of 3");
        assertThat(cards(page)).hasCount(6);
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isHidden();
        // Large enough to be read from five metres on a screen of 55 inches.
        assertThat((Double) page.locator(".name").first().evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
                .isGreaterThan(40);
        assertThat((Double) page.locator(".person").first().evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
                .isGreaterThan(32);
        assertThat(page.evaluate("document.documentElement.scrollHeight")).isEqualTo(1080);

        assertThat(page.locator("#page")).hasText("Page 2 of 3");
        assertThat(page.locator("#page")).hasText("Page 3 of 3");
        assertThat(cards(page)).hasCount(2);
        assertThat(page.locator("#page")).hasText("Page 1 of 3");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))
                .click();
        page.keyboard().press("PageDown");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue")))
                .isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isVisible();
        assertThat(cards(page)).hasCount(14);
    }
}
