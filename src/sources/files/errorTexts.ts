import type { SourceErrorReason } from '../../record/recordSource.ts';
import type { Translate } from '../../texts/translate.ts';
import type { ErrorText, ErrorTexts } from '../traits.ts';

const checkPath: ErrorText = (_, t) =>
  t('Check the path, and that you have permission to read it.');

/** What is said of a file that can't be read. */
export const fileErrorTexts = {
  fileNotFound: {
    text: ({ subject }, t) => t('The file {0} doesn’t exist.', subject),
    advice: checkPath,
  },
  fileUnreadable: {
    text: ({ subject, detail }, t) => t('The file {0} can’t be read: {1}', subject, detail),
    advice: checkPath,
  },
  fileTooLarge: {
    text: ({ subject, detail }, t) =>
      t('The file {0} is too large: {1}.', subject, packedText(detail, t)),
    advice: (_, t) => t('Split it into several files: each line is a separate record.'),
  },
  filePacked: {
    text: ({ subject, detail }, t) =>
      t('The file {0} is compressed and can’t be opened: {1}.', subject, packedText(detail, t)),
    advice: (_, t) =>
      t('Extract it first, or open an intact gzip, zip, tar or zstd file without a password.'),
  },
} as const satisfies Partial<Record<SourceErrorReason, ErrorTexts>>;

/** What `packedFaultText` says, in the reader's language; sizes and names of forms are the same in all. */
function packedText(detail: string, t: Translate): string {
  const [, damaged] = /^damaged (\w+)$/.exec(detail) ?? [];
  if (damaged !== undefined) return t('its {0} data is damaged', damaged);
  const [, large] = /^(\w+): too large when unpacked$/.exec(detail) ?? [];
  if (large !== undefined) return t('its {0} data is too large after decompression', large);
  const [, method] = /^zip with method (\d+)$/.exec(detail) ?? [];
  if (method !== undefined) return t('zip with method {0}', method);
  if (detail === 'zip with a password') return t('zip with a password');
  return detail === 'an Office document' ? t('an Office document') : detail;
}
