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
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 500 meetings with 5,000 people and 200 changes a second, measured in the browser. The figures are printed, not asserted. */
class ManyMeetingsIT {

    private static final int MEETINGS = 500;
    private static final int PEOPLE_EACH = 10;
    private static final int CHANGES_PER_SECOND = 200;
    private static final int PROBES = 20;
    private static final String COUNTS = "500 meetings · 5,000 people";

    private final MeetingServerCluster cluster = MeetingServerCluster.builder()
            .bridges(3)
            .server(server -> server.credentials("admin", "admin").journalCapacity(1))
            .build();

    private final List<DistributedParticipant> everyone = new ArrayList<>();
    private final ScheduledExecutorService changer = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void start() {
        cluster.start();
        for (int i = 0; i < MEETINGS; i++) {
            DistributedCall call = cluster.createCall("Meeting %03d".formatted(i));
            for (int j = 0; j < PEOPLE_EACH; j++) {
                everyone.add(call.addParticipant(i % 3, "Person %03d-%d".formatted(i, j), ""));
            }
        }
    }

    @AfterEach
    void stop() {
        changer.shutdownNow();
        cluster.close();
    }

    @Test
    void showsThemWithFewElementsAndMissesNone() {
        try (Chromium chromium = Chromium.start();
                RunningWall wall = new RunningWall(cluster.urls());
                WallSocket socket = new WallSocket(wall)) {
            await().atMost(Duration.ofMinutes(5)).until(() -> hasEveryone(socket));
            Page page = chromium.open(wall, "", new Browser.NewContextOptions().setViewportSize(1920, 1080));
            assertThat(page.locator("#counts")).hasText(COUNTS);
            report("on the screen after", page.evaluate("Math.round(performance.now()) + ' ms'"));

            startMeasuring(page);
            ScheduledFuture<?> changes = keepChanging();
            List<Long> latencies = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                latencies.add(millisToTheScreen("A probe, number " + i, page));
            }
            latencies.sort(null);
            report(
                    "from a change to the screen",
                    "median %d ms, longest %d ms".formatted(latencies.get(PROBES / 2), latencies.get(PROBES - 1)));
            scrollThroughAll(page);
            page.keyboard().press("/");
            page.keyboard().type("person 499-9", new Keyboard.TypeOptions().setDelay(50));
            assertThat(page.locator(".name")).hasText(new String[] {"Meeting 499"});
            reportTasks(page);
            page.getByRole(AriaRole.SEARCHBOX).fill("");
            assertThat(page.locator(".card").nth(20)).isVisible();

            // It fails with the first change that fails.
            assertThat(changes.isDone()).isFalse();
            assertThat(chromium.takeProblems()).isEmpty();
            // Not more with more meetings.
            assertThat(page.locator(".card").count()).isLessThan(60);
            report("elements in the document", page.locator("*").count());
        }
    }

    private static boolean hasEveryone(WallSocket socket) {
        return socket.messages().stream()
                        .flatMap(message -> message.path("people").findValuesAsText("id").stream())
                        .distinct()
                        .count()
                == MEETINGS * PEOPLE_EACH;
    }

    /** Changes all but the first person, whose changes are timed. */
    private ScheduledFuture<?> keepChanging() {
        Random random = new Random(1);
        return changer.scheduleAtFixedRate(
                () -> everyone.get(1 + random.nextInt(everyone.size() - 1))
                        .set(random.nextBoolean() ? "activeSpeaker" : "audioMuted", random.nextBoolean()),
                0,
                1_000_000 / CHANGES_PER_SECOND,
                TimeUnit.MICROSECONDS);
    }

    private static void startMeasuring(Page page) {
        page.evaluate("""
                () => {
                  window.tasks = [];
                  new PerformanceObserver(list => list.getEntries().forEach(entry => tasks.push(entry.duration)))
                    .observe({type: 'longtask'});
                  window.frames = 0;
                  const countFrame = () => { frames++; requestAnimationFrame(countFrame); };
                  countFrame();
                  window.measuredFrom = performance.now();
                }""");
    }

    private long millisToTheScreen(String name, Page page) {
        page.evaluate("""
                name => {
                  const people = document.querySelector('.card .people');
                  window.seen = new Promise((resolve, reject) => {
                    setTimeout(() => reject(new Error(`${name} is not on the screen after a minute`)), 60_000);
                    const look = new MutationObserver(() => {
                      if (people.textContent.includes(name)) {
                        look.disconnect();
                        requestAnimationFrame(() => resolve(Date.now()));
                      }
                    });
                    look.observe(people, {childList: true, characterData: true, subtree: true});
                  });
                }""", name);
        long changed = System.currentTimeMillis();
        everyone.get(0).set("name", name);
        return ((Number) page.evaluate("() => window.seen")).longValue() - changed;
    }

    private static void scrollThroughAll(Page page) {
        page.mouse().move(900, 600);
        for (int i = 0; i < 60; i++) {
            page.mouse().wheel(0, 600);
        }
        assertThat(page.locator(".card").last()).hasText(Pattern.compile("^Meeting 499"));
    }

    private static void reportTasks(Page page) {
        report("tasks of more than 50 ms", page.evaluate("""
                        () => `${tasks.length} in ${Math.round((performance.now() - measuredFrom) / 1000)} s, the longest `
                          + `${Math.round(Math.max(0, ...tasks))} ms`"""));
        report("frames in a second", page.evaluate("Math.round(frames * 1000 / (performance.now() - measuredFrom))"));
        report("memory of scripts", page.evaluate("Math.round(performance.memory.usedJSHeapSize / 1048576) + ' MiB'"));
    }

    private static void report(String what, Object value) {
        System.out.println("500 meetings, 5,000 people: " + what + ": " + value);
    }
}
