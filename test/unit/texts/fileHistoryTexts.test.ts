import { expect, test } from 'vitest';

import type { FileCommit, FileHistory } from '../../../src/protocol/fileHistory.ts';
import { fileHistoryText } from '../../../src/texts/fileHistoryTexts.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const commit: FileCommit = {
  ...{ hash: 'a'.repeat(40), subject: 'Raise the timeout', authoredMs: 7 },
};
const known = (parts: Partial<Extract<FileHistory, { kind: 'known' }>>): FileHistory => ({
  ...{ kind: 'known', commits: [], hasMore: false, before: null, isEdited: false, ...parts },
});

test.each<[FileHistory, string]>([
  [known({}), 'No commit of that time contains the flow file.'],
  [
    known({ before: commit, isEdited: true }),
    'The flow file has changes now that aren’t committed. No commit changed the flow file between the two runs. The last one before: aaaaaaaa, Raise the timeout, @7.',
  ],
  [known({ commits: [commit] }), '1 commit changed the flow file between the two runs:'],
  [
    known({ commits: [commit, commit], isEdited: true }),
    'The flow file has changes now that aren’t committed. 2 commits changed the flow file between the two runs:',
  ],
  [
    known({ commits: [commit, commit], hasMore: true }),
    'More than 2 commits changed the flow file between the two runs:',
  ],
  [
    { kind: 'untrusted' },
    'What changed in the flow file isn’t shown: Git is used only in a trusted workspace.',
  ],
  [{ kind: 'failed' }, 'Git couldn’t tell what changed in the flow file.'],
  [{ kind: 'noGit' }, ''],
  [{ kind: 'notInRepository' }, ''],
  [{ kind: 'noFile' }, ''],
])('%j: %s', (history, text) => {
  expect(fileHistoryText(history, { t, moment: (atMs) => `@${String(atMs)}` })).toBe(text);
});
