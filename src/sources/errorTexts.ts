import type { SourceError, SourceErrorReason } from '../record/recordSource.ts';
import type { Translate } from '../texts/translate.ts';
import { fileErrorTexts } from './files/errorTexts.ts';
import { kafkaErrorTexts } from './kafka/errorTexts.ts';
import type { ErrorTexts } from './traits.ts';

/** What is said of each error. Sources share the reasons: Kafka can miss a file as well, that of its certificate. */
const errorTexts: Readonly<Record<SourceErrorReason, ErrorTexts>> = {
  ...kafkaErrorTexts,
  ...fileErrorTexts,
  unknown: {
    text: ({ subject, detail }, t) => (subject === '' ? detail : t('{0}: {1}', subject, detail)),
    advice: (_, t) => t('See the log for details.'),
  },
};

/** What went wrong with a source, in one sentence. */
export function sourceErrorText(error: SourceError, t: Translate): string {
  return errorTexts[error.reason].text(error, t);
}

/** What the user can do about it, in one sentence. */
export function sourceErrorAdvice(error: SourceError, t: Translate): string {
  return errorTexts[error.reason].advice(error, t);
}

/** Says that a source is tried again, and how it comes back. */
export function retryText({ reason }: SourceError, attempt: number, t: Translate): string {
  const { retry } = errorTexts[reason];
  return retry === undefined ? t('Reconnecting, attempt {0}.', attempt) : t(retry);
}
