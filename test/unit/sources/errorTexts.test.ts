import { describe, expect, test } from 'vitest';
import type { SourceError } from '../../../src/record/recordSource.ts';
import { retryText, sourceErrorAdvice, sourceErrorText } from '../../../src/sources/errorTexts.ts';
import type { Translate } from '../../../src/texts/translate.ts';

const t: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const cases: readonly (readonly [SourceError['reason'], string, string, RegExp, RegExp])[] = [
  [
    'unreachable',
    'kafka:9092',
    'ECONNREFUSED',
    /No Kafka broker responds at kafka:9092/,
    /broker is running/,
  ],
  ['unreachable', 'kafak:9092', 'getaddrinfo ENOTFOUND', /at kafak:9092/, /host name/],
  [
    'tls',
    'k:1',
    'unable to verify the first certificate',
    /an authority that this machine doesn’t trust/,
    /CA certificate/,
  ],
  [
    'tls',
    'k:1',
    'self-signed certificate',
    /an authority that this machine doesn’t trust/,
    /CA certificate/,
  ],
  [
    'tls',
    'k:1',
    "Hostname/IP does not match certificate's altnames",
    /another host/,
    /Connect with the host name/,
  ],
  ['tls', 'k:1', 'certificate has expired', /expired/, /renewed/],
  ['tls', 'k:1', 'k:1: the broker answered in TLS', /it requires TLS/, /Turn on TLS/],
  ['tls', 'k:1', 'k:1: the broker hung up without an answer', /it requires TLS/, /Turn on TLS/],
  ['tls', 'k:1', 'ssl3_get_record:wrong version number', /doesn’t use TLS/, /Turn off TLS/],
  ['tls', 'k:1', 'handshake failure', /handshake failure/, /Check TLS/],
  ['authentication', 'k:1', 'SASL', /refused the login/, /password/],
  ['notAuthorized', 'orders', '', /isn’t allowed to read orders/, /permission to read/],
  ['noSuchTopic', 'orders', '', /no topic “orders”/, /no topics, or none/],
  ['fileNotFound', '/ca.pem', '', /\/ca\.pem doesn’t exist/, /path/],
  ...(
    [
      ['EACCES: permission denied, open ‘/EISDIR’', /: you don’t have permission\.$/],
      ['EPERM: operation not permitted', /: you don’t have permission\.$/],
      ['EISDIR: illegal operation on a directory, read', /: it is a folder\.$/],
      ['EBUSY: resource busy or locked, open', /: another program is using it\.$/],
      ['EIO: i/o error, read', /: the system reports an error \(EIO\)\.$/],
      ['boom', /: boom\.$/],
    ] as const
  ).map(([detail, text]) => ['fileUnreadable', '/ca.pem', detail, text, /path/] as const),
  ['fileTooLarge', '/t.jsonl', '291 MB > 256 MB', /too large: 291 MB > 256 MB/, /Split/],
  ['badSettings', 'kafka', '', /“kafka” isn’t the address of a broker/, /host:port/],
  ['badSettings', '', '', /names no broker/, /host:port/],
  ['tls', '/ca.pem', 'The file holds no PEM certificate', /no PEM certificate\.$/, /PEM form/],
  ['filePacked', '/t.gz', 'damaged gzip', /its gzip data is damaged\.$/, /Extract it/],
  ['fileTooLarge', '/t.gz', 'zstd: too large when unpacked', /its zstd data is too large/, /Split/],
  ['unsupportedCompression', 'orders', 'type 7', /compression/, /gzip/],
  ['unknown', '', 'boom', /^boom$/, /log/],
  ['unknown', 'k:1', 'boom', /k:1: boom/, /log/],
];

describe('what is said of a source that fails', () => {
  test.each(cases)('%s %s %s', (reason, subject, detail, text, advice) => {
    const error: SourceError = { reason, subject, detail };
    expect(sourceErrorText(error, t)).toMatch(text);
    expect(sourceErrorAdvice(error, t)).toMatch(advice);
  });

  test('the topics that exist are offered', () => {
    const error: SourceError = { reason: 'noSuchTopic', subject: 'a', detail: '', topics: ['b'] };
    expect(sourceErrorAdvice(error, t)).toMatch(/Select one/);
  });

  test.each<[SourceError['reason'], RegExp]>([
    ['unreachable', /attempt 3/],
    ['noSuchTopic', /keeps checking for it/],
  ])('how %s is tried again', (reason, text) => {
    expect(retryText({ reason, subject: 'a', detail: '' }, 3, t)).toMatch(text);
  });
});
