import type { SourceErrorReason } from '../../record/recordSource.ts';
import { msg, type Translate } from '../../texts/translate.ts';
import type { ErrorTexts } from '../traits.ts';

/** What is said of a topic that can't be read. */
export const kafkaErrorTexts = {
  unreachable: {
    text: ({ subject }, t) => t('No Kafka broker answers at {0}.', subject),
    advice: ({ detail }, t) =>
      /ENOTFOUND|EAI_AGAIN/.test(detail)
        ? t('This machine can’t find the host name. Check its spelling, the network and the VPN.')
        : t('Check the address and that the broker runs and can be reached from this machine.'),
  },
  tls: {
    text: ({ subject, detail }, t) =>
      t('No secure connection to {0}: {1}', subject, tlsText(detail, t)),
    advice: ({ detail }, t) => tlsAdvice(detail, t),
  },
  authentication: {
    text: ({ subject }, t) => t('{0} refused the login.', subject),
    advice: (_, t) =>
      t('Check the mechanism, the user name and the password under “Security and start”.'),
  },
  notAuthorized: {
    text: ({ subject }, t) => t('This user may not read {0}.', subject),
    advice: (_, t) =>
      t('Ask whoever runs the cluster for the right to read the topic and to join a group.'),
  },
  noSuchTopic: {
    text: ({ subject }, t) => t('There is no topic “{0}”.', subject),
    advice: ({ topics = [] }, t) =>
      topics.length > 0
        ? t('Choose one of those that exist:')
        : t('The cluster has no topic yet, or none that this user may see.'),
    retry: msg('It is looked for now and then, and read as soon as it exists.'),
  },
  badSettings: {
    text: ({ subject, detail }, t) =>
      subject === ''
        ? t('The connection is not complete: {0}', detail)
        : t('“{0}” can’t be used: {1}', subject, detail),
    advice: (_, t) => t('A broker is written as host:port, several with commas between them.'),
  },
  unsupportedCompression: {
    text: ({ subject, detail }, t) =>
      t('{0} holds records in a compression that can’t be read: {1}', subject, detail),
    advice: (_, t) => t('Have the producer write gzip, snappy, lz4 or zstd.'),
  },
} as const satisfies Partial<Record<SourceErrorReason, ErrorTexts>>;

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
