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
package io.github.cmsevents.benchmark.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ScaleChartTest {

    private static final int CHARTS = 3;

    @Test
    void isAPictureWithAPointForEachSizeInEachChart() throws Exception {
        Document picture = picture("2 cores");

        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(picture.getElementsByTagName("circle").getLength())
                .isEqualTo(CHARTS * Sizes.linear().sizes().size());
        assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(CHARTS * 2);
    }

    @Test
    void saysWhatIsShownAndOnWhatItWasMeasured() throws Exception {
        assertThat(texts(picture("2 cores, <Some> OS & JVM")))
                .contains("Live heap, MiB", "Until all are followed, s", "CPU in the churn, ms per s", "subscriptions")
                .contains("Measured on 2 cores, <Some> OS & JVM.")
                .anyMatch(text -> text.contains("1, 3, 6, 12, 24 servers") && text.contains("50,000 participants"));
    }

    @Test
    void hasTheLinearLineThroughThePointsOfWhatIsLinear() {
        String svg = ScaleChart.svg(Sizes.linear(), List.of());

        String heap = svg.substring(svg.indexOf("Live heap"), svg.indexOf("Until all"));
        String[] linear = points(heap, "linear");
        String[] measured = points(heap, "measured");
        assertThat(linear).containsExactly(measured[0], measured[measured.length - 1]);
    }

    private static String[] points(String svg, String kind) {
        return svg.replaceAll("(?s).*<polyline class=\"" + kind + "\" points=\"([^\"]*)\".*", "$1")
                .split(" ");
    }

    private static Document picture(String environment) throws Exception {
        String svg = ScaleChart.svg(Sizes.linear(), List.of(environment));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document picture) {
        NodeList texts = picture.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }
}
