/** What talks with Kafka, kafkajs with it: read when somebody opens a topic or tries a connection. */
export { testConnection } from './connection.ts';
export { createKafkaRecordSource } from './kafkaRecordSource.ts';
