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
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** 500 meetings, 5,000 people and 200 changes a second, measured in the browser. What is measured is printed, not asserted. */
class ManyMeetingsIT {

    private static final int MEETINGS = 500;
    private static final int PEOPLE_EACH = 10;
    private static final int CHANGES_PER_SECOND = 200;
    private static final int PROBES = 20;

    private final MeetingServerCluster cluster = MeetingServerCluster.builder()
            .bridges(3)
            .server(server -> server.credentials("admin", "admin").journalCapacity(1))
            .build();

    private final List<DistributedParticipant> everyone = new ArrayList<>();

    @Test
    void showsThemWithFewElementsAndMissesNone() throws Exception {
        try (Chromium chromium = Chromium.start()) {
            cluster.start();
            for (int i = 0; i < MEETINGS; i++) {
                DistributedCall call = cluster.createCall("Meeting %03d".formatted(i));
                for (int j = 0; j < PEOPLE_EACH; j++) {
                    everyone.add(call.addParticipant(i % 3, "Person %03d-%d".formatted(i, j), ""));
                }
            }
            try (RunningWall wall = new RunningWall(cluster.urls())) {
                measure(chromium, wall);
            }
        } finally {
            cluster.close();
        }
    }

    private void measure(Chromium chromium, RunningWall wall) throws InterruptedException {
        Page page = chromium.open(wall, "", new Browser.NewContextOptions().setViewportSize(1920, 1080));
        assertThat(page.locator("#counts")).hasText("500 meetings · 5,000 people");
        report(
                "first content on the screen",
                page.evaluate("Math.round(performance.now()) + ' ms after the navigation'"));
        page.evaluate("""
                () => {
                  window.tasks = [];
                  new PerformanceObserver(list => list.getEntries().forEach(entry => tasks.push(entry.duration)))
                    .observe({type: 'longtask'});
                  window.frames = 0;
                  const frame = () => { window.frames++; requestAnimationFrame(frame); };
                  requestAnimationFrame(frame);
                  window.measuredFrom = performance.now();
                }""");

        AtomicReference<Throwable> failure = new AtomicReference<>();
        ScheduledExecutorService changer = Executors.newSingleThreadScheduledExecutor();
        Random random = new Random(1);
        // Not person 0, whose changes are timed.
        changer.scheduleAtFixedRate(
                () -> {
                    try {
                        everyone.get(1 + random.nextInt(everyone.size() - 1))
                                .set(random.nextBoolean() ? "activeSpeaker" : "audioMuted", random.nextBoolean());
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                },
                0,
                1_000_000 / CHANGES_PER_SECOND,
                TimeUnit.MICROSECONDS);

        List<Long> latencies = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            String name = "Probe " + i;
            page.evaluate("""
                    name => {
                      const first = document.querySelector('.card .people');
                      window.seen = new Promise(resolve => {
                        const look = new MutationObserver(() => {
                          if (first.textContent.includes(name)) {
                            look.disconnect();
                            requestAnimationFrame(() => resolve(Date.now()));
                          }
                        });
                        look.observe(first, {childList: true, characterData: true, subtree: true});
                      });
                    }""", name);
            long changed = System.currentTimeMillis();
            everyone.get(0).set("name", name);
            latencies.add(((Number) page.evaluate("() => window.seen")).longValue() - changed);
        }
        page.mouse().move(900, 600);
        for (int i = 0; i < 60; i++) {
            page.mouse().wheel(0, 600);
        }
        page.keyboard().press("/");
        page.keyboard().type("person 499-9", new Keyboard.TypeOptions().setDelay(50));
        assertThat(page.locator(".name")).hasText(new String[] {"Meeting 499"});
        report(latencies, page);

        page.getByRole(AriaRole.SEARCHBOX).fill("");
        assertThat(page.getByRole(AriaRole.LISTITEM)).not().hasCount(0);
        changer.shutdown();
        assertThat(changer.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(failure.get()).isNull();
        assertThat(chromium.takeProblems()).isEmpty();
        // Independent of the number of meetings.
        assertThat(page.locator(".card").count()).isLessThan(60);
        assertThat((Integer) page.evaluate("document.querySelectorAll('*').length"))
                .isLessThan(12_000);
    }

    private static void report(List<Long> latencies, Page page) {
        List<Long> sorted = latencies.stream().sorted().toList();
        report(
                "from the change on the server to the screen",
                "median %d ms, longest %d ms".formatted(sorted.get(PROBES / 2), sorted.get(PROBES - 1)));
        report("long tasks (over 50 ms)", page.evaluate("""
                () => `${tasks.length} in ${Math.round((performance.now() - measuredFrom) / 1000)} s, the longest `
                  + `${Math.round(Math.max(0, ...tasks))} ms; ${Math.round(frames * 1000 / (performance.now() - measuredFrom))} frames/s`"""));
        report("elements in the document", page.evaluate("document.querySelectorAll('*').length"));
        report("memory of scripts", page.evaluate("Math.round(performance.memory.usedJSHeapSize / 1048576) + ' MiB'"));
    }

    private static void report(String what, Object value) {
        System.out.println(MEETINGS + " meetings: " + what + ": " + value);
    }
}
