import { combineSenders } from './combinedSender.ts';
import { createConsoleSender } from './consoleSender.ts';
import { flag } from './environment.ts';
import type { Environment } from './environment.ts';
import { createFileSender } from './fileSender.ts';
import { createKafkaProducerService } from './kafkaProducerFactory.ts';
import type { RecordSender } from './recordSender.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** What the environment asks for: Kafka by its variables, a file by RPA_TRACE_FILE, the console by RPA_TRACE_CONSOLE. */
export function senderOf(env: Environment, log: TelemetryLog): RecordSender {
  const wrong = (sentence: string) => {
    log('warn', sentence);
  };
  const kafka = createKafkaProducerService({ env, log });
  const file = env['RPA_TRACE_FILE'] ?? '';
  const others: RecordSender[] = [];
  if (file !== '') others.push(createFileSender({ file, log }));
  if (flag(env, 'RPA_TRACE_CONSOLE', false, wrong)) others.push(createConsoleSender());
  return others.length === 0 ? kafka : combineSenders(kafka, ...others);
}
