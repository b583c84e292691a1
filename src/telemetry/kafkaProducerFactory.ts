import { amount, flag } from './environment.ts';
import type { Environment, OnWrong } from './environment.ts';
import { createKafkaJsPort } from './kafkaJsPort.ts';
import { KafkaProducerService } from './kafkaProducerService.ts';
import type { KafkaProducerServiceOptions } from './kafkaProducerService.ts';
import { serversFault, serversIn } from './kafkaServers.ts';
import { stderrLog } from './telemetryLog.ts';

/** What is given instead of, or beside, the variables. */
export interface KafkaProducerFactoryOptions extends Omit<
  KafkaProducerServiceOptions,
  'port' | 'enabled' | 'timeoutMs'
> {
  /** Default: KAFKA_ENABLE, which is off unless it is `true`, `1`, `yes` or `on`. */
  readonly enabled?: boolean | undefined;
  /** Default: KAFKA_TIMEOUT in seconds, else 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Throws when settings can't work. Otherwise that is logged, and nothing is sent. */
  readonly strict?: boolean | undefined;
  /** Variables in place of those of the process. */
  readonly env?: Environment | undefined;
}

/**
 * The service as the environment has it: KAFKA_ENABLE, KAFKA_SERVERS (`host:port`, comma between two) and
 * KAFKA_TIMEOUT (seconds that one waits for brokers who asked to wait).
 */
export function createKafkaProducerService(
  options: KafkaProducerFactoryOptions = {},
): KafkaProducerService {
  const { env = process.env, log = stderrLog() } = options;
  const wrong = (sentence: string) => {
    if (options.strict === true) throw new Error(sentence);
    log('warn', sentence);
  };
  const servers = serversIn(options.servers ?? env['KAFKA_SERVERS']);
  const enabled = options.enabled ?? isEnabled(env, servers, wrong);
  const timeoutMs = options.timeoutMs ?? amount(env, 'KAFKA_TIMEOUT', 10, wrong) * 1_000;
  const from = options.servers === undefined ? 'KAFKA_ENABLE is set, but KAFKA_SERVERS' : 'servers';
  const fault = enabled ? serversFault(servers, from) : undefined;
  if (fault !== undefined) {
    if (options.strict === true) throw new Error(fault);
    log('error', fault);
  }
  return new KafkaProducerService({
    ...options,
    log,
    timeoutMs,
    enabled: enabled && fault === undefined,
    port: (onTrouble) => createKafkaJsPort({ ...options, servers }, log, onTrouble),
  });
}

/** The same under the name that it has in the services. */
export class KafkaProducerServiceFactory {
  /** The service as environment and options have it. */
  create(options: KafkaProducerFactoryOptions = {}): KafkaProducerService {
    return createKafkaProducerService(options);
  }
}

/** The topic that KAFKA_TOPIC names, or the one of every shipped configuration. */
export function kafkaTopic(env: Environment = process.env): string {
  return env['KAFKA_TOPIC'] || 'spark-agent-builder';
}

/** Off unless it is switched on, as upstream; who names brokers and forgets the switch is told. */
function isEnabled(env: Environment, servers: readonly string[], wrong: OnWrong): boolean {
  if (env['KAFKA_ENABLE'] === undefined && servers.length > 0) {
    wrong('KAFKA_SERVERS is set, but KAFKA_ENABLE is not: no traces are sent. Set KAFKA_ENABLE=1.');
  }
  return flag(env, 'KAFKA_ENABLE', false, wrong);
}
