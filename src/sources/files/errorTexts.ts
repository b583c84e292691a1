import type { SourceErrorReason } from '../../record/recordSource.ts';
import type { ErrorText, ErrorTexts } from '../traits.ts';

const checkPath: ErrorText = (_, t) => t('Check the path and that you may read it.');

/** What is said of a file that can't be read. */
export const fileErrorTexts = {
  fileNotFound: {
    text: ({ subject }, t) => t('The file {0} does not exist.', subject),
    advice: checkPath,
  },
  fileUnreadable: {
    text: ({ subject, detail }, t) => t('The file {0} can’t be read: {1}', subject, detail),
    advice: checkPath,
  },
  fileTooLarge: {
    text: ({ subject, detail }, t) => t('The file {0} is too large: {1}.', subject, detail),
    advice: (_, t) => t('Split it into several files: each line is a record of its own.'),
  },
  filePacked: {
    text: ({ subject, detail }, t) =>
      t('The file {0} is packed and can’t be opened: {1}.', subject, detail),
    advice: (_, t) =>
      t(
        'Unpack it first: gzip, zip, tar and zstd are opened, if they are whole and need no password.',
      ),
  },
} as const satisfies Partial<Record<SourceErrorReason, ErrorTexts>>;
