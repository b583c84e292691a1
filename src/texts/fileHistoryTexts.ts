import type { FileCommit, FileHistory } from '../protocol/fileHistory.ts';
import { shortHash } from './flowSinceTexts.ts';
import { enumerated, sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

interface Texts {
  readonly t: Translate;
  readonly moment: (atMs: number) => string;
}

/** What Git says of a flow file between two runs, without the commits themselves; empty where there is no Git. */
export function fileHistoryText(history: FileHistory, { t, moment }: Texts): string {
  switch (history.kind) {
    case 'known':
      // The commits stand behind it.
      return sentences([editsText(history, t), commitsText(history, { t, moment })]);
    case 'untrusted':
      return t(
        'What changed in the flow file isn’t shown: Git is used only in a trusted workspace.',
      );
    case 'failed':
      return t('Git couldn’t tell what changed in the flow file.');
    // Who works without Git needn't read that.
    case 'noFile':
    case 'noGit':
    case 'notInRepository':
      return '';
  }
}

type Known = Extract<FileHistory, { readonly kind: 'known' }>;

function commitsText({ commits, hasMore, before }: Known, { t, moment }: Texts): string {
  if (hasMore) {
    return t('More than {0} commits changed the flow file between the two runs:', commits.length);
  }
  if (commits.length > 1) {
    return t('{0} commits changed the flow file between the two runs:', commits.length);
  }
  if (commits.length === 1) return t('1 commit changed the flow file between the two runs:');
  if (before === null) return t('No commit of that time contains the flow file.');
  return t(
    'No commit changed the flow file between the two runs. The last one before: {0}.',
    commitText(before, { t, moment }),
  );
}

function editsText({ isEdited }: Known, t: Translate): string {
  return isEdited ? t('The flow file has changes now that aren’t committed.') : '';
}

/** `1a2b3c4, Raise the timeout, 2026-03-02 10:00`: a commit in a line. */
export function commitText(
  { hash, subject, authoredMs }: FileCommit,
  { t, moment }: Texts,
): string {
  return enumerated([shortHash(hash), subject, moment(authoredMs)], t);
}
