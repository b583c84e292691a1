import { shownAddress, shownAddresses, withoutCredentials } from '../base/shownAddress.ts';
import type { KafkaOptions } from './kafkaOptions.ts';
import type { SocketClue } from './socketClues.ts';

/** What is known of an attempt that failed. */
export interface FailedAttempt {
  readonly error: unknown;
  readonly topic: string;
  readonly options: Pick<KafkaOptions, 'servers' | 'tls' | 'sasl'>;
  readonly clue: SocketClue | undefined;
  /** Whether the attempt before succeeded, or there was none: a broker that has just started says much that passes. */
  readonly isFirst: boolean;
  /** Whether the brokers ever took a record: then the settings are right. */
  readonly hasDelivered: boolean;
}

/** What a broker says that has just got a topic, or a leader. */
const passingTypes = [
  ...['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION'],
  'NETWORK_EXCEPTION',
];

/**
 * Why nothing is delivered, in words with the address and what to do; the error's own where nothing is known.
 * Undefined while it may pass by itself.
 */
export function troubleText(attempt: FailedAttempt): string | undefined {
  if (attempt.isFirst && mayPass(attempt)) return undefined;
  const text =
    protocolTrouble(attempt) ??
    socketTrouble(attempt) ??
    otherTrouble(attempt) ??
    ownWords(attempt);
  return withoutCredentials(text, attempt.options.servers);
}

function mayPass({ error, clue, hasDelivered }: FailedAttempt): boolean {
  const types = protocolTypes(error);
  return passingTypes.some((type) => types.has(type)) || (hasDelivered && clue?.kind === 'closed');
}

/** The protocol's own words (`UNKNOWN_TOPIC_OR_PARTITION` …) that an error and its causes carry. */
export function protocolTypes(error: unknown): ReadonlySet<string> {
  const types = chainOf(error).map((at) => ('type' in at ? at.type : undefined));
  return new Set(types.filter((type) => typeof type === 'string'));
}

/** Whether a broker refused the login, whatever it calls that. */
export function isLoginRefused(error: unknown): boolean {
  const types = protocolTypes(error);
  return (
    types.has('SASL_AUTHENTICATION_FAILED') ||
    chainOf(error).some(({ name }) => name === 'KafkaJSSASLAuthenticationError')
  );
}

/** What a broker said. */
function protocolTrouble({ error, topic, options }: FailedAttempt): string | undefined {
  const types = protocolTypes(error);
  const brokers = shownAddresses(options.servers);
  const mechanism = options.sasl?.mechanism ?? '';
  if (types.has('UNKNOWN_TOPIC_OR_PARTITION')) {
    return `there is no topic “${topic}” at ${brokers}, and the broker makes none by itself. Create it, or name another one: KAFKA_TOPIC, or the option topic.`;
  }
  if (types.has('INVALID_TOPIC_EXCEPTION')) {
    return `“${topic}” can't be the name of a topic. Name another one: KAFKA_TOPIC, or the option topic.`;
  }
  if (types.has('TOPIC_AUTHORIZATION_FAILED')) {
    return `this user may not write to the topic “${topic}” at ${brokers}. Ask for the permission, or log in as another one: the option sasl.`;
  }
  if (types.has('UNSUPPORTED_SASL_MECHANISM') || saysUnsupported(error)) {
    return `${brokers} knows no login by ${mechanism}. Choose another one: sasl.mechanism.`;
  }
  if (types.has('ILLEGAL_SASL_STATE')) {
    return `${brokers} takes no login on this port. Leave out the option sasl, or name the port that takes one: KAFKA_SERVERS.`;
  }
  if (isLoginRefused(error)) {
    return `${brokers} refused the login of “${options.sasl?.username ?? ''}” by ${mechanism}. Check the option sasl: username, password and mechanism.`;
  }
  return undefined;
}

/** What the socket met on its way to a broker. */
function socketTrouble({ clue, options, hasDelivered }: FailedAttempt): string | undefined {
  if (clue === undefined) return undefined;
  const address = shownAddress(clue.address);
  switch (clue.kind) {
    case 'tlsAnswer':
      return `${address} speaks TLS. Set the option tls, or name the port without TLS: KAFKA_SERVERS.`;
    case 'foreign':
      return `what answers at ${address} is no Kafka${clue.detail === '' ? '' : ` (it says “${clue.detail}”)`}. Name the address of a broker: KAFKA_SERVERS.`;
    case 'silence':
      return options.tls
        ? `${address} hung up while TLS was agreed on. Leave out the option tls, or name the port with TLS: KAFKA_SERVERS.`
        : `${address} hung up without an answer: it wants TLS (the option tls), or is no Kafka. Check KAFKA_SERVERS.`;
    case 'closed':
      return options.sasl === undefined && !hasDelivered
        ? `${address} hung up: it may want a login. Set the option sasl, or name the port without one: KAFKA_SERVERS.`
        : `${address} hung up after it had answered. See the log of the broker.`;
    case 'mute':
      return notAnswering(address);
    case 'unreached':
      return notReached(address);
    case 'error':
      return systemTrouble(clue.code, clue.detail, address, advertised(clue.address, options));
  }
}

function systemTrouble(
  code: string,
  detail: string,
  address: string,
  from: string,
): string | undefined {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return from === ''
      ? `the host name of ${address} is not known here (${code}). Check its spelling in KAFKA_SERVERS, the network and the VPN.`
      : `the host name of ${address} is not known here (${code}). ${from}`;
  }
  if (code === 'ECONNREFUSED') {
    return from === ''
      ? `nothing listens at ${address} (${code}). Start Kafka there, or correct KAFKA_SERVERS.`
      : `nothing listens at ${address} (${code}). ${from}`;
  }
  if (/certificate|self[- ]signed|CERT|altname/i.test(`${code} ${detail}`)) {
    return `the certificate of ${address} is not accepted: ${detail}. Name its authority (tls: { ca }) and the host that it was made for.`;
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    return `${address} does not speak TLS as it is set (${code}). Leave out the option tls, or name the port with TLS: KAFKA_SERVERS.`;
  }
  if (/^(?:EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENETDOWN|EHOSTDOWN)$/.test(code)) {
    return `${address} can't be reached (${code}). Check KAFKA_SERVERS, the network, the VPN and firewalls. ${from}`.trim();
  }
  return `the connection to ${address} failed (${code === '' ? detail : code}). ${from}`.trim();
}

/** A cluster says itself under which addresses its brokers are met; often that is a name that only it knows. */
function advertised(address: string, { servers }: Pick<KafkaOptions, 'servers'>): string {
  return servers.includes(address)
    ? ''
    : `${shownAddresses(servers)} sent us there: set advertised.listeners of the broker to an address that this machine reaches.`;
}

/** What kafkajs says where no socket met anything. */
function otherTrouble({ error, options }: FailedAttempt): string | undefined {
  const brokers = shownAddresses(options.servers);
  const words = chainOf(error)
    .map(({ name, message }) => `${name} ${message}`)
    .join('\n');
  if (/Connection timeout/i.test(words)) {
    return notReached(brokers);
  }
  if (/RequestTimeout|timed out/i.test(words)) {
    return notAnswering(brokers);
  }
  return undefined;
}

function notReached(address: string): string {
  return `${address} does not take a connection in time. Check KAFKA_SERVERS, the network, the VPN and firewalls.`;
}

function notAnswering(address: string): string {
  return `${address} takes connections and does not answer: it is overloaded, or is no Kafka. Check KAFKA_SERVERS.`;
}

function ownWords({ error, options }: FailedAttempt): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${shownAddresses(options.servers)}: ${message}`;
}

function saysUnsupported(error: unknown): boolean {
  return chainOf(error).some(({ message }) => /mechanism is not supported/i.test(message));
}

/** Longer chains are nobody's. */
const longestChain = 8;

function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < longestChain; at = at.cause) {
    chain.push(at);
  }
  return chain;
}
