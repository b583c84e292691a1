import type { SourceErrorReason } from '../../record/recordSource.ts';
import { msg, type Translate } from '../../texts/translate.ts';
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
    text: ({ subject, detail }, t) =>
      t('The file {0} can’t be read: {1}.', subject, unreadText(detail, t)),
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

const unreadTexts: Readonly<Record<string, string>> = {
  EACCES: msg('you don’t have permission'),
  EPERM: msg('you don’t have permission'),
  EISDIR: msg('it is a folder'),
  EBUSY: msg('another program is using it'),
};

/** Node's words name their code first; others are as whoever reads the file has them. */
function unreadText(detail: string, t: Translate): string {
  const [, code] = /^(E[A-Z]+):/.exec(detail) ?? [];
  if (code === undefined) return detail;
  const known = unreadTexts[code];
  return known === undefined ? t('the system reports an error ({0})', code) : t(known);
}

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
