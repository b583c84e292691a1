import type { SourceErrorReason } from '../../record/recordSource.ts';
import { msg, type Translate } from '../../texts/translate.ts';
import type { ErrorTexts } from '../traits.ts';

/** What is said of a topic that can't be read. */
export const kafkaErrorTexts = {
  unreachable: {
    text: ({ subject }, t) => t('No Kafka broker responds at {0}.', subject),
    advice: ({ detail }, t) =>
      /ENOTFOUND|EAI_AGAIN/.test(detail)
        ? t('This machine can’t find the host name. Check its spelling, the network and the VPN.')
        : t(
            'Check the address, and that the broker is running and can be reached from this machine.',
          ),
  },
  tls: {
    text: ({ subject, detail }, t) =>
      t('No secure connection to {0}: {1}', subject, tlsText(detail, t)),
    advice: ({ detail }, t) => tlsAdvice(detail, t),
  },
  authentication: {
    text: ({ subject }, t) => t('{0} refused the login.', subject),
    advice: (_, t) =>
      t('Check the login, user name and password under “Security and start position”.'),
  },
  notAuthorized: {
    text: ({ subject }, t) => t('This user isn’t allowed to read {0}.', subject),
    advice: (_, t) =>
      t(
        'Ask the cluster’s administrator for permission to read the topic and to join a consumer group.',
      ),
  },
  noSuchTopic: {
    text: ({ subject }, t) => t('There is no topic “{0}”.', subject),
    advice: ({ topics = [] }, t) =>
      topics.length > 0
        ? t('Select one of the existing topics:')
        : t(
            'The cluster has no topics, or none that this user can see. Check the brokers, or ask for permission to see the topic.',
          ),
    retry: msg('RPA Trace keeps checking for it, and reads it as soon as it exists.'),
  },
  badSettings: {
    text: ({ subject }, t) =>
      subject === ''
        ? t('The connection isn’t complete: it names no broker.')
        : t('“{0}” isn’t the address of a broker.', subject),
    advice: (_, t) => t('Enter brokers as host:port, separated by commas.'),
  },
  unsupportedCompression: {
    text: ({ subject, detail }, t) =>
      t('{0} contains records with a compression that can’t be read: {1}', subject, detail),
    advice: (_, t) => t('Configure the producer to compress with gzip, snappy, lz4 or zstd.'),
  },
} as const satisfies Partial<Record<SourceErrorReason, ErrorTexts>>;

function tlsText(detail: string, t: Translate): string {
  switch (tlsTrouble(detail)) {
    case 'unknownAuthority':
      return t('its certificate is signed by an authority that this machine doesn’t trust.');
    case 'wrongName':
      return t('its certificate is for another host name.');
    case 'expired':
      return t('its certificate has expired or isn’t valid yet.');
    case 'wantsTls':
      return t('it requires TLS.');
    case 'noTls':
      return t('it doesn’t use TLS on this port.');
    case 'notPem':
      return t('it contains no PEM certificate.');
    case 'other':
      return detail;
  }
}

function tlsAdvice(detail: string, t: Translate): string {
  switch (tlsTrouble(detail)) {
    case 'unknownAuthority':
      return t('Select its CA certificate file under “Security and start position”.');
    case 'wrongName':
      return t('Connect with the host name that the certificate was issued for.');
    case 'expired':
      return t('Check the clock of this machine, or have the certificate renewed.');
    case 'wantsTls':
      return t('Turn on TLS under “Security and start position”.');
    case 'noTls':
      return t(
        'Turn off TLS under “Security and start position”, or use the port that supports it.',
      );
    case 'notPem':
      return t('Select a CA certificate file in PEM form under “Security and start position”.');
    case 'other':
      return t('Check TLS and the CA file under “Security and start position”.');
  }
}

type TlsTrouble =
  'notPem' | 'unknownAuthority' | 'wrongName' | 'expired' | 'wantsTls' | 'noTls' | 'other';

/** Node's, OpenSSL's and our socket watch's words for what ends a TLS handshake. */
const tlsWords: readonly (readonly [RegExp, TlsTrouble])[] = [
  [/no PEM certificate/, 'notPem'],
  [/unable to (verify|get)|self[- ]signed|UNABLE_TO|DEPTH_ZERO/i, 'unknownAuthority'],
  [/altname|does not match certificate/i, 'wrongName'],
  [/expired|not yet valid/i, 'expired'],
  [/answered in TLS|hung up without an answer/i, 'wantsTls'],
  [/wrong version number|packet length too long|during the TLS handshake/i, 'noTls'],
];

function tlsTrouble(detail: string): TlsTrouble {
  return tlsWords.find(([words]) => words.test(detail))?.[1] ?? 'other';
}
