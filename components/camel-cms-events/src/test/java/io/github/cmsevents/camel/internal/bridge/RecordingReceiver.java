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
package io.github.cmsevents.camel.internal.bridge;

import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.content.Update;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told, and is done with it at once. */
final class RecordingReceiver implements Receiver {

    private final List<String> news = new ArrayList<>();
    private final List<Exception> troubles = new ArrayList<>();

    @Override
    public void receive(Batch batch) {
        for (Update update : batch.updates()) {
            news.add(update.type().wireName() + " " + update.call());
        }
        batch.acknowledge().run();
    }

    @Override
    public void troubled(Exception problem) {
        troubles.add(problem);
    }

    /** Each update as its type and its call. */
    List<String> news() {
        return news;
    }

    List<Exception> troubles() {
        return troubles;
    }

    void forget() {
        news.clear();
    }
}
