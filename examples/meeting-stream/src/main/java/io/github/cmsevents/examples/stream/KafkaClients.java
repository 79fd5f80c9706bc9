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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Clients with the options of Camel's kafka component, for what that component has no endpoint for. */
final class KafkaClients {

    private final KafkaConfiguration configuration;

    KafkaClients(KafkaComponent component) {
        this.configuration = component.getConfiguration();
    }

    /** Every later producer with this id shuts out this one. */
    Producer<String, String> producer(String transactionalId) {
        Properties properties = withBrokers(configuration.createProducerProperties());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return new KafkaProducer<>(properties);
    }

    /** A consumer of committed records, without a group. */
    Consumer<String, String> consumer() {
        Properties properties = withBrokers(configuration.createConsumerProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return new KafkaConsumer<>(properties);
    }

    Admin admin() {
        Properties properties = new Properties();
        // What is for producers only has no meaning to an admin client, which would warn about it.
        withBrokers(configuration.createProducerProperties()).forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)) {
                properties.put(name, value);
            }
        });
        return Admin.create(properties);
    }

    /** Creates the topics that do not exist. Fails when a state topic is one that Kafka would delete records from by age. */
    static void ensure(Admin admin, StreamTopics topics, Optional<Integer> partitions, Optional<Short> replicas)
            throws Exception {
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = topics.names().stream()
                .filter(name -> !existing.contains(name))
                .map(name -> new NewTopic(name, partitions, replicas)
                        .configs(
                                topics.stateTopics().contains(name)
                                        ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                                        : Map.of()))
                .toList();
        admin.createTopics(missing).all().get();
        Collection<ConfigResource> kept = topics.stateTopics().stream()
                .filter(existing::contains)
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs = admin.describeConfigs(kept).all().get();
        configs.forEach((topic, config) -> {
            if (!config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new IllegalArgumentException("The topic " + topic.name() + " must have "
                        + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + TopicConfig.CLEANUP_POLICY_COMPACT);
            }
        });
    }

    private Properties withBrokers(Properties properties) {
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
        return properties;
    }
}
