import { shownAddresses } from '../../base/shownAddress.ts';
import { withoutCredentials } from '../../base/shownAddress.ts';
import type { SourceError, SourceErrorReason } from '../../record/recordSource.ts';
import { withIpv6Addresses } from './ipv6Names.ts';
import type { KafkaConnection } from './spec.ts';
import { codecErrorPrefix } from './codecs.ts';
import type { SocketEnd } from './socketWatch.ts';

/** What is known beside the error itself. */
export interface ErrorContext {
  readonly subject: string;
  readonly connection: KafkaConnection;
  /** How the last connection ended that the other side ended. */
  readonly end?: SocketEnd | undefined;
}

const authenticationTypes = [
  'SASL_AUTHENTICATION_FAILED',
  'ILLEGAL_SASL_STATE',
  'UNSUPPORTED_SASL_MECHANISM',
];
const authorizationTypes = [
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
];

const notReadyTypes = [
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
];

/** Node's and OpenSSL's words for a certificate or handshake that did not do. */
const tlsWords =
  /certificate|self[- ]signed|SSL|TLS|ERR_TLS|secure TLS|wrong version number|altname|EPROTO|DEPTH_ZERO|UNABLE_TO_VERIFY/i;

/** An error of kafkajs as data. */
export function toSourceError(error: unknown, context: ErrorContext): SourceError {
  const chain = causes(error);
  const words = withIpv6Addresses(messages(chain, context.end));
  const detail = withoutSecrets(words, context.connection);
  return { reason: reasonOf(error, chain, context), subject: context.subject, detail };
}

/** An error of a client as data: what it was about are the brokers. */
export function clientError(
  error: unknown,
  connection: KafkaConnection,
  end: SocketEnd | undefined,
): SourceError {
  return toSourceError(error, { subject: shownAddresses(connection.brokers), connection, end });
}

/** A connection that was in use and was closed from outside, as data. */
export function lossOf({ address }: SocketEnd): SourceError {
  return { reason: 'unreachable', subject: address, detail: `${address}: ${endWords.closed}` };
}

/** The error types of the Kafka protocol (`UNKNOWN_TOPIC_OR_PARTITION`…) that an error and its causes carry. */
export function errorTypes(error: unknown): ReadonlySet<string> {
  const types = causes(error).map((cause) => ('type' in cause ? cause.type : undefined));
  return new Set(types.filter((type) => typeof type === 'string'));
}

/**
 * True for what a broker says that has just started, or has just got a topic: it knows of topics a while before it
 * serves them, and serves them before it serves groups.
 */
export function isNotReadyYet(error: unknown): boolean {
  const types = errorTypes(error);
  return notReadyTypes.some((type) => types.has(type));
}

function reasonOf(
  error: unknown,
  chain: readonly Error[],
  context: ErrorContext,
): SourceErrorReason {
  const types = errorTypes(error);
  const text = chain.map(({ name, message }) => `${name} ${message}`).join('\n');
  if (text.includes(codecErrorPrefix) || text.includes('KafkaJSNotImplemented')) {
    return 'unsupportedCompression';
  }
  if (authenticationTypes.some((type) => types.has(type)) || text.includes('KafkaJSSASL')) {
    return 'authentication';
  }
  if (authorizationTypes.some((type) => types.has(type))) return 'notAuthorized';
  if (types.has('UNKNOWN_TOPIC_OR_PARTITION')) return 'noSuchTopic';
  return connectionReason(text, context);
}

/** Why a connection did not come about, or did not last. */
function connectionReason(text: string, { connection, end }: ErrorContext): SourceErrorReason {
  if (end?.kind === 'tlsAnswer' || tlsWords.test(text)) return 'tls';
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(text)) {
    return 'unreachable';
  }
  if (end?.kind === 'tlsRefused') return 'tls';
  // A broker that wants SASL answers the first request and hangs up at the next; an SSL one at once.
  if (end?.kind === 'closed' && connection.sasl === undefined) return 'authentication';
  if (end?.kind === 'silence' && !connection.tls.enabled) return 'tls';
  return /Connection|No answer|timed out|Timeout|BrokerNotFound|Coordinator/i.test(text)
    ? 'unreachable'
    : 'unknown';
}

/** The error and what caused it, outermost first. */
function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  let next = error;
  while (next instanceof Error && !found.includes(next)) {
    found.push(next);
    next = next.cause;
  }
  return found;
}

function messages(chain: readonly Error[], end: SocketEnd | undefined): string {
  const texts = new Set(chain.map(({ message }) => message));
  if (end !== undefined) texts.add(`${end.address}: ${endWords[end.kind]}`);
  return [...texts].join('; ');
}

const endWords: Readonly<Record<SocketEnd['kind'], string>> = {
  tlsAnswer: 'the broker answered in TLS',
  tlsRefused: 'the broker hung up during the TLS handshake',
  silence: 'the broker hung up without an answer',
  closed: 'the broker hung up',
};

function withoutSecrets(text: string, { sasl, brokers }: KafkaConnection): string {
  const shown = withoutCredentials(text, brokers);
  return sasl === undefined || sasl.password === ''
    ? shown
    : shown.replaceAll(sasl.password, '•••');
}
