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
package io.github.cmsevents.examples.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The report page and the CSV files, of a story that is known. */
class ReportIT {

    private static final String RANGE = "since=2026-03-01&until=2026-03-31";
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @TempDir
    private Path directory;

    private HistoryProcess history;

    @BeforeEach
    void start() throws Exception {
        Run run = database.run("a");
        Story.record(run);
        run.at("2026-03-10T09:00:00Z").addCall("cms1.example.com:443", "evil-1", "room-evil", MARKUP);
        run.join("cms1.example.com:443", "evil-1", "room-evil", "evil-2", MARKUP, "uri=+41 44 123");
        run.at("2026-03-10T09:30:00Z").removeCall("cms1.example.com:443", "evil-1", false);
        history = new HistoryProcess(directory, database.environment());
        history.awaitPage();
    }

    @AfterEach
    void stop() {
        history.close();
    }

    @Test
    void hasCsvThatNoSpreadsheetTakesForFormulas() throws Exception {
        HttpResponse<String> answer = history.get("/attendance.csv?" + RANGE);

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        List<CSVRecord> rows = csv(answer);
        assertThat(rows).hasSize(10);
        assertThat(rows.get(0).toMap())
                .containsEntry("meeting", "Board")
                .containsEntry("name", "Ada")
                .containsEntry("joined_at", "2026-03-02 09:00:00")
                .containsEntry("left_at", "2026-03-02 10:00:00")
                .containsEntry("left_estimated", "false")
                .containsEntry("seconds", "3600");
        assertThat(rows).extracting(row -> row.get("name")).contains("'=Guest, \"the\" first", MARKUP);
        assertThat(rows.get(9).get("uri")).isEqualTo("'+41 44 123");
        assertThat(csv(history.get("/meetings.csv?" + RANGE))).hasSize(5);
        assertThat(csv(history.get("/recordings.csv?" + RANGE)))
                .extracting(row -> row.get("kind"))
                .containsExactly("recording", "streaming");
        // Both days count, to midnight in the time zone of the report.
        assertThat(csv(history.get("/meetings.csv?since=2026-03-03&until=2026-03-03")))
                .hasSize(3);
    }

    @Test
    void refusesWhatIsNoDate() throws Exception {
        for (String path :
                List.of("/overview.json?since=1'", "/attendance.csv?until=2026-13-01", "/meeting.json?meeting=x")) {
            assertThat(history.get(path.replace("'", "%27")).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(history.get("/meeting.json?meeting=999999").body()).isEmpty();
    }

    @Test
    void runsNothingFromElsewhere() throws Exception {
        assertThat(history.get("/").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self'"));
        for (String file : List.of("/", "/report.js", "/report.css")) {
            assertThat(history.get(file).body().replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http:", "https:", "innerHTML");
        }
    }

    @Test
    void showsTextOfTheServerAsText() throws Exception {
        Path browser = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(browser != null, "No Chromium is installed, so the page is not looked at");

        String page = chromium(browser, "--dump-dom", history.page() + "/?" + RANGE);

        assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;").doesNotContain("<img");
        assertThat(page)
                .contains(
                        "Bo's meeting",
                        "2 Mar 2026, 09:00",
                        "Meetings per day from 2026-03-01 to 2026-03-31; most on 2026-03-03: 3");
        assertThat(page).contains(">5</dd>", "attendance.csv?since=2026-03-01&amp;until=2026-03-31");
    }

    private String chromium(Path browser, String... arguments) throws Exception {
        Path output = directory.resolve("page.html");
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("browser"),
                "--virtual-time-budget=10000"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("browser.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static List<CSVRecord> csv(HttpResponse<String> answer) throws Exception {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(answer.body()), format)) {
            return parser.getRecords();
        }
    }
}
