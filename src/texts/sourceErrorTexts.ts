import { assertNever } from '../base/assertNever.ts';
import type { ConnectionTest } from '../protocol/hostProtocol.ts';
import type { Translate } from './translate.ts';

/** Why a source can't deliver. */
export type SourceError = Extract<ConnectionTest, { readonly ok: false }>['error'];

/** Says that a source is tried again, and how it comes back. */
export function retryText({ reason }: SourceError, attempt: number, t: Translate): string {
  return reason === 'noSuchTopic'
    ? t('It is looked for now and then, and read as soon as it exists.')
    : t('Attempt {0} to reconnect.', attempt);
}

/** What went wrong with a source, in one sentence. */
export function sourceErrorText(error: SourceError, t: Translate): string {
  const { reason, subject } = error;
  switch (reason) {
    case 'unreachable':
      return t('No Kafka broker answers at {0}.', subject);
    case 'tls':
      return t('No secure connection to {0}: {1}', subject, tlsText(error.detail, t));
    case 'authentication':
      return t('{0} refused the login.', subject);
    case 'notAuthorized':
      return t('This user may not read {0}.', subject);
    case 'noSuchTopic':
      return t('There is no topic “{0}”.', subject);
    case 'fileNotFound':
      return t('The file {0} does not exist.', subject);
    case 'fileUnreadable':
      return t('The file {0} can’t be read: {1}', subject, error.detail);
    case 'fileTooLarge':
      return t('The file {0} is too large: {1}.', subject, error.detail);
    case 'filePacked':
      return t('The file {0} is packed and can’t be opened: {1}.', subject, error.detail);
    case 'badSettings':
      return subject === ''
        ? t('The connection is not complete: {0}', error.detail)
        : t('“{0}” can’t be used: {1}', subject, error.detail);
    case 'unsupportedCompression':
      return t('{0} holds records in a compression that can’t be read: {1}', subject, error.detail);
    case 'unknown':
      return `${subject || 'Kafka'}: ${error.detail}`;
    default:
      return assertNever(reason);
  }
}

/** What the user can do about it, in one sentence; empty when nothing better than the sentence itself is known. */
export function sourceErrorAdvice(error: SourceError, t: Translate): string {
  const { reason, detail, topics } = error;
  switch (reason) {
    case 'unreachable':
      return /ENOTFOUND|EAI_AGAIN/.test(detail)
        ? t('This machine can’t find the host name. Check its spelling, the network and the VPN.')
        : t('Check the address and that the broker runs and can be reached from this machine.');
    case 'tls':
      return tlsAdvice(detail, t);
    case 'authentication':
      return t('Check the mechanism, the user name and the password under “Security and start”.');
    case 'notAuthorized':
      return t('Ask whoever runs the cluster for the right to read the topic and to join a group.');
    case 'noSuchTopic':
      return (topics ?? []).length > 0
        ? t('Choose one of those that exist:')
        : t('The cluster has no topic yet, or none that this user may see.');
    case 'fileNotFound':
    case 'fileUnreadable':
      return t('Check the path and that you may read it.');
    case 'fileTooLarge':
      return t('Split it into several files: each line is a record of its own.');
    case 'filePacked':
      return t('Unpack it first: gzip, zip and zstd are opened, if they are whole.');
    case 'badSettings':
      return t('A broker is written as host:port, several with commas between them.');
    case 'unsupportedCompression':
      return t('Have the producer write gzip, snappy, lz4 or zstd.');
    case 'unknown':
      return t('The log has the details.');
    default:
      return assertNever(reason);
  }
}

function tlsText(detail: string, t: Translate): string {
  switch (tlsTrouble(detail)) {
    case 'unknownAuthority':
      return t('this machine doesn’t know who signed its certificate.');
    case 'wrongName':
      return t('its certificate is for another host name.');
    case 'expired':
      return t('its certificate has expired or is not valid yet.');
    case 'wantsTls':
      return t('it wants TLS.');
    case 'noTls':
      return t('it doesn’t speak TLS on this port.');
    case 'other':
      return detail;
  }
}

function tlsAdvice(detail: string, t: Translate): string {
  switch (tlsTrouble(detail)) {
    case 'unknownAuthority':
      return t('Name the file of its CA certificate under “Security and start”.');
    case 'wrongName':
      return t('Connect by the name that the certificate is made for.');
    case 'expired':
      return t('Check the clock of this machine, or have the certificate renewed.');
    case 'wantsTls':
      return t('Turn on TLS under “Security and start”.');
    case 'noTls':
      return t('Turn off TLS under “Security and start”, or use the port that speaks it.');
    case 'other':
      return t('Check TLS and the CA file under “Security and start”.');
  }
}

type TlsTrouble = 'unknownAuthority' | 'wrongName' | 'expired' | 'wantsTls' | 'noTls' | 'other';

/** Node's, OpenSSL's and our socket watch's words for what ends a TLS handshake. */
const tlsWords: readonly (readonly [RegExp, TlsTrouble])[] = [
  [/unable to (verify|get)|self[- ]signed|UNABLE_TO|DEPTH_ZERO/i, 'unknownAuthority'],
  [/altname|does not match certificate/i, 'wrongName'],
  [/expired|not yet valid/i, 'expired'],
  [/answered in TLS|hung up without an answer/i, 'wantsTls'],
  [/wrong version number|packet length too long|during the TLS handshake/i, 'noTls'],
];

function tlsTrouble(detail: string): TlsTrouble {
  return tlsWords.find(([words]) => words.test(detail))?.[1] ?? 'other';
}
