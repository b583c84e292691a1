import { describe, expect, it } from 'vitest';
import { isNotReadyYet, toSourceError } from '../../../../src/sources/kafka/kafkaErrors.ts';
import type { SocketEnd } from '../../../../src/sources/kafka/socketWatch.ts';
import type { SourceErrorReason } from '../../../../src/record/recordSource.ts';
import type { KafkaConnection } from '../../../../src/sources/kafka/spec.ts';

const plain: KafkaConnection = {
  brokers: ['b:9092'],
  clientId: 'test',
  tls: { enabled: false, rejectUnauthorized: true },
};
const tls: KafkaConnection = { ...plain, tls: { enabled: true, rejectUnauthorized: true } };
const sasl: KafkaConnection = {
  ...tls,
  sasl: { mechanism: 'plain', username: 'robot', password: 'pa$$word' },
};

/** An error as kafkajs throws it: its own name, a type of the protocol, the cause inside. */
function error(
  message: string,
  facts: { name?: string; type?: string; cause?: Error } = {},
): Error {
  const { cause, ...rest } = facts;
  return Object.assign(new Error(message, { cause }), rest);
}

describe('toSourceError', () => {
  it.each<[string, Error, KafkaConnection, SocketEnd['kind'] | undefined, SourceErrorReason]>([
    ['refused', error('connect ECONNREFUSED 127.0.0.1:1'), plain, undefined, 'unreachable'],
    ['no such host', error('getaddrinfo ENOTFOUND b'), tls, undefined, 'unreachable'],
    ['silence', error('No answer within 9 s'), plain, undefined, 'unreachable'],
    ['a request timed out', error('Request Metadata timed out'), sasl, undefined, 'unreachable'],
    ['lost and refused', error('connect ECONNREFUSED'), plain, 'closed', 'unreachable'],
    ['a TLS answer', error('Closed connection'), plain, 'tlsAnswer', 'tls'],
    ['no word at all', error('Closed connection'), plain, 'silence', 'tls'],
    ['a refused handshake', error('Connection error: read ECONNRESET'), tls, 'tlsRefused', 'tls'],
    [
      'an unknown authority',
      error('unable to verify the first certificate'),
      tls,
      undefined,
      'tls',
    ],
    [
      'a self-signed one',
      error('self-signed certificate in certificate chain'),
      tls,
      undefined,
      'tls',
    ],
    ['an expired one', error('certificate has expired'), tls, undefined, 'tls'],
    [
      'another host',
      error("Hostname/IP does not match certificate's altnames"),
      tls,
      undefined,
      'tls',
    ],
    [
      'a wrong password',
      error('x', { name: 'KafkaJSSASLAuthenticationError' }),
      sasl,
      undefined,
      'authentication',
    ],
    [
      'a wrong mechanism',
      error('x', { type: 'UNSUPPORTED_SASL_MECHANISM' }),
      sasl,
      undefined,
      'authentication',
    ],
    [
      'a listener without SASL',
      error('x', { type: 'ILLEGAL_SASL_STATE' }),
      sasl,
      undefined,
      'authentication',
    ],
    ['hung up on, no SASL set', error('Closed connection'), plain, 'closed', 'authentication'],
    ['hung up on, SASL set', error('Closed connection'), sasl, 'closed', 'unreachable'],
    [
      'no right to the topic',
      error('x', { type: 'TOPIC_AUTHORIZATION_FAILED' }),
      sasl,
      undefined,
      'notAuthorized',
    ],
    [
      'no right to the group',
      error('x', { type: 'GROUP_AUTHORIZATION_FAILED' }),
      sasl,
      undefined,
      'notAuthorized',
    ],
    [
      'a deleted topic',
      error('x', { type: 'UNKNOWN_TOPIC_OR_PARTITION' }),
      sasl,
      undefined,
      'noSuchTopic',
    ],
    [
      'a missing codec',
      error('x', { name: 'KafkaJSNotImplemented' }),
      plain,
      undefined,
      'unsupportedCompression',
    ],
    [
      'broken content',
      error('Cannot decompress lz4: x'),
      plain,
      undefined,
      'unsupportedCompression',
    ],
    ['anything else', error('boom'), plain, undefined, 'unknown'],
  ])('knows %s', (_name, cause, connection, end, reason) => {
    const context = {
      subject: 'b:9092',
      connection,
      ...(end && { end: { address: 'b:9092', kind: end } }),
    };
    expect(toSourceError(cause, context).reason).toBe(reason);
    // kafkajs wraps what it has tried several times.
    const wrapped = error('gave up', { name: 'KafkaJSNumberOfRetriesExceeded', cause });
    expect(toSourceError(wrapped, context).reason).toBe(reason);
  });

  it('tells what each cause says, without repeating and without the password', () => {
    const cause = error('refused pa$$word', { cause: error('refused pa$$word') });
    expect(toSourceError(error('gave up', { cause }), { subject: 's', connection: sasl })).toEqual({
      reason: 'unknown',
      subject: 's',
      detail: 'gave up; refused •••',
    });
  });
});

it.each([
  ['its groups are being loaded', 'GROUP_LOAD_IN_PROGRESS', true],
  ['nobody serves groups yet', 'GROUP_COORDINATOR_NOT_AVAILABLE', true],
  ['another broker does now', 'NOT_COORDINATOR_FOR_GROUP', true],
  ['a topic has just been made', 'LEADER_NOT_AVAILABLE', true],
  ['a partition has another leader', 'NOT_LEADER_FOR_PARTITION', true],
  ['the group is forbidden', 'GROUP_AUTHORIZATION_FAILED', false],
])('a broker that has just started: %s', (_, type, expected) => {
  const cause = error('The coordinator is loading', { type });
  expect(isNotReadyYet(error('retries exceeded', { cause }))).toBe(expected);
});

it('shows no credentials of an address', () => {
  const brokers = ['user:hunter2@b:9092'];
  const thrown = error('connect to user:hunter2@b:9092: hunter2 is no port');
  const { detail } = toSourceError(thrown, {
    subject: 'b:9092',
    connection: { ...plain, brokers },
  });
  expect(detail).toBe('connect to b:9092: ••• is no port');
});
