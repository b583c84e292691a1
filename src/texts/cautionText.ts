import type { Caution } from '../protocol/caution.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** Says that less is read and kept than the settings say, why, and what to do about it. */
export function cautionText({ storeBytes, lastRecords }: Caution, t: Translate): string {
  const megabytes = Math.floor(storeBytes / (1024 * 1024));
  const why = t('The trace engine ran out of memory more than once while it read this source.');
  const what =
    lastRecords === null
      ? t('It now keeps at most {0} MB.', megabytes)
      : t(
          'It now starts with the last {0} records of each partition and keeps at most {1} MB.',
          lastRecords,
          megabytes,
        );
  return sentences([why, what, t('Allow it more memory in the settings, then read again.')]);
}
