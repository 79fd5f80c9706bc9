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
package io.github.cmsevents.examples.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionalWriterTest {

    private final MockProducer<String, String> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());
    private final CompletableFuture<Exception> refusal = new CompletableFuture<>();
    private TransactionalWriter writer;

    @BeforeEach
    void start() {
        kafka.initTransactions();
        writer = new TransactionalWriter(kafka, refusal::complete);
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    @Test
    void commitsTheRecordsOfAWriteTogether() throws Exception {
        get(write("a", "b"));

        assertThat(kafka.transactionCommitted()).isTrue();
        assertThat(kafka.history()).extracting(ProducerRecord::key).containsExactly("a", "b");
        assertThat(writer.ended()).isEqualTo(writer.begun()).isEqualTo(1);
    }

    @Test
    void writesInOrderWhatWaitsBehindAFailure() throws Exception {
        kafka.commitTransactionException = new KafkaException("no leader");

        Future<Void> first = write("a");
        Future<Void> second = write("b");
        await().atMost(Duration.ofSeconds(60)).until(() -> kafka.transactionAborted());
        assertThat(first).isNotDone();
        kafka.commitTransactionException = null;

        get(first);
        get(second);
        assertThat(kafka.history()).extracting(ProducerRecord::key).containsExactly("a", "b");
    }

    @Test
    void asksAgainForACommitOfWhichTheOutcomeIsOpen() throws Exception {
        kafka.commitTransactionException = new TimeoutException("no answer");
        Future<Void> write = write("a");
        await().atMost(Duration.ofSeconds(60)).until(() -> writer.begun() == 1 && !kafka.transactionAborted());

        kafka.commitTransactionException = null;

        get(write);
        assertThat(kafka.transactionAborted()).isFalse();
        assertThat(kafka.history()).extracting(ProducerRecord::key).containsExactly("a");
    }

    @Test
    void writesNothingMoreOnceAnotherInstanceWrites() throws Exception {
        get(write("a"));
        kafka.fenceProducer();

        Future<Void> late = write("b");

        assertThat(refusal.get(60, TimeUnit.SECONDS)).isInstanceOf(ProducerFencedException.class);
        assertThatThrownBy(() -> get(late)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> get(write("c"))).isInstanceOf(ExecutionException.class);
        assertThat(kafka.history()).extracting(ProducerRecord::key).containsExactly("a");
    }

    @Test
    void failsWhatWaitsWhenItIsClosed() {
        kafka.commitTransactionException = new KafkaException("no leader");
        Future<Void> first = write("a");
        await().atMost(Duration.ofSeconds(60)).until(() -> kafka.transactionAborted());

        writer.close();

        assertThatThrownBy(() -> get(first)).isInstanceOf(ExecutionException.class);
        assertThat(refusal).isNotDone();
    }

    private Future<Void> write(String... keys) {
        return writer.write(List.of(keys).stream()
                .map(key -> new ProducerRecord<>("topic", key, "value"))
                .toList());
    }

    private static void get(Future<Void> write) throws Exception {
        write.get(60, TimeUnit.SECONDS);
    }
}
