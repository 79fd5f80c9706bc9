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
package io.github.cmsevents.benchmark.load;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** One plan carried out on one client, from its first socket to its last. Lives on the server's event loop. */
final class LoadRun {

    private static final long LONGEST_ACKNOWLEDGEMENT = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final LoadPlan plan;
    private final Consumer<LoadReport> finished;
    private final List<LoadSocket> sockets = new ArrayList<>();
    private final List<LoadSubscription> subscriptions = new ArrayList<>();
    private final Histogram acknowledgementNanos = new Histogram(LONGEST_ACKNOWLEDGEMENT, DIGITS);

    private final long[] sentAtNanos;
    private final BitSet isAcknowledged = new BitSet();

    private boolean begun;
    private int sent;
    private int acknowledged;
    private int acknowledgedTwice;
    private int strays;
    private long measuredFrom;
    private long measuredTo;

    LoadRun(LoadPlan plan, Consumer<LoadReport> finished) {
        this.plan = plan;
        this.finished = finished;
        this.sentAtNanos = new long[plan.messages()];
    }

    LoadPlan plan() {
        return plan;
    }

    void opened(LoadSocket socket) {
        sockets.add(socket);
    }

    void subscribed(LoadSubscription subscription) {
        subscriptions.add(subscription);
    }

    /** A socket has said all about what was asked for so far. */
    void setUp() {
        if (!begun
                && subscriptions.size() == plan.subscriptions()
                && sockets.stream().allMatch(LoadSocket::isSetUp)) {
            begun = true;
            while (sent < Math.min(plan.outstanding(), plan.messages())) {
                sendNext();
            }
        }
    }

    void acknowledged(LoadSocket socket, long sequence) {
        if (sequence >= sent || subscriptionOf((int) sequence).socket() != socket) {
            strays++;
            return;
        }
        long now = System.nanoTime();
        int message = (int) sequence;
        if (isAcknowledged.get(message)) {
            acknowledgedTwice++;
            return;
        }
        isAcknowledged.set(message);
        acknowledged++;
        if (message >= plan.warmup()) {
            acknowledgementNanos.recordValue(Math.min(now - sentAtNanos[message], LONGEST_ACKNOWLEDGEMENT));
        }
        if (acknowledged == plan.messages()) {
            measuredTo = now;
        }
        if (sent < plan.messages()) {
            sendNext();
        }
    }

    void strayed() {
        strays++;
    }

    void closed(LoadSocket socket) {
        sockets.remove(socket);
        if (sockets.isEmpty()) {
            finished.accept(report());
        }
    }

    private void sendNext() {
        int sequence = sent++;
        LoadSubscription subscription = subscriptionOf(sequence);
        int record = sequence / subscriptions.size() % plan.known();
        String text = ServerMessages.update(LoadPlan.FIRST_UPDATE_ID + (long) sequence, subscription, record, sequence);
        long now = System.nanoTime();
        sentAtNanos[sequence] = now;
        if (sequence == plan.warmup()) {
            measuredFrom = now;
        }
        subscription.socket().send(text);
    }

    private LoadSubscription subscriptionOf(int sequence) {
        return subscriptions.get(sequence % subscriptions.size());
    }

    private LoadReport report() {
        boolean complete = acknowledged == plan.messages();
        double seconds = (measuredTo - measuredFrom) / (double) TimeUnit.SECONDS.toNanos(1);
        return new LoadReport(
                complete ? plan.updates() / seconds : 0,
                micros(acknowledgementNanos.getValueAtPercentile(50)),
                micros(acknowledgementNanos.getValueAtPercentile(99)),
                micros(acknowledgementNanos.getValueAtPercentile(99.9)),
                micros(acknowledgementNanos.getMaxValue()),
                plan.messages() - acknowledged,
                acknowledgedTwice,
                strays);
    }

    private static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }
}
