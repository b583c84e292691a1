import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { differenceOf, fileHistoryOf } from '../../../../src/host/git/fileHistory.ts';
import { GitFile } from '../../../../src/host/git/gitFile.ts';
import { runGit } from '../../../../src/host/git/runGit.ts';

const own = new GitFile(runGit());
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rpa-trace-git-'));
  mkdirSync(join(folder, 'flows'));
  path = join(folder, 'flows', 'order [1] *.yaml');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const hour = 3_600_000;
const begin = Date.parse('2026-03-02T08:00:00Z');

/** Settings of whoever runs the tests say nothing here. */
function git(args: readonly string[], env: Record<string, string> = {}): string {
  const noSettings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', ['-C', folder, ...args], {
    env: { ...process.env, ...noSettings, ...env },
    encoding: 'utf8',
  });
}

function commit(subject: string, hours: number, text: string, authorHours = hours): string {
  writeFileSync(path, text);
  git(['add', '-A']);
  const at = (of: number) => new Date(begin + of * hour).toISOString();
  git(
    [
      ...['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'],
      ...['commit', '-q', '--allow-empty', '-m', subject],
    ],
    { GIT_AUTHOR_DATE: at(authorHours), GIT_COMMITTER_DATE: at(hours) },
  );
  return git(['rev-parse', 'HEAD']).trim();
}

describe('what Git knows of a flow file', () => {
  test('the commits that touched it between two runs, the newest first, with when they were written', async () => {
    git(['init', '-q']);
    const first = commit('Add the flow', 0, 'a');
    commit('Raise the timeout', 2, 'b');
    const third = commit('Use another selector\n\nBecause.', 3, 'c');
    writeFileSync(join(folder, 'other.txt'), 'x');
    commit('Something else', 3.5, 'c');
    commit('Behind the failing run', 6, 'd');
    const found = await fileHistoryOf(own, path, begin + hour, begin + 4 * hour);
    expect(found).toMatchObject({
      ...{ kind: 'known', hasMore: false, isEdited: false },
      before: { hash: first, subject: 'Add the flow', authoredMs: begin },
      commits: [
        { hash: third, subject: 'Use another selector', authoredMs: begin + 3 * hour },
        { subject: 'Raise the timeout', authoredMs: begin + 2 * hour },
      ],
    });
  });

  test('one that was written before and came between the two is one of them', async () => {
    git(['init', '-q']);
    commit('Add the flow', 0, 'a');
    commit('Rebased', 3, 'b', -5);
    const found = await fileHistoryOf(own, path, begin + 2 * hour, begin + 4 * hour);
    expect(found).toMatchObject({
      commits: [{ subject: 'Rebased', authoredMs: begin - 5 * hour }],
    });
  });

  test('many: as many as one reads, and that there are more', async () => {
    git(['init', '-q']);
    for (let n = 0; n < 12; n++) commit(`Edit ${String(n)}`, 1 + n / 100, String(n));
    const found = await fileHistoryOf(own, path, begin, begin + 4 * hour);
    expect(found).toMatchObject({ hasMore: true, before: null });
    expect(found.kind === 'known' ? found.commits.length : 0).toBe(10);
  });

  test.each<[string, () => void, boolean]>([
    ['saved, and not committed', () => writeFileSync(path, 'edited'), true],
    ['staged', () => (writeFileSync(path, 'edited'), git(['add', '-A'])), true],
    ['another file', () => writeFileSync(join(folder, 'flows', 'b.yaml'), 'x'), false],
  ])('edits that are in no commit: %s', async (_, edit, isEdited) => {
    git(['init', '-q']);
    commit('Add the flow', 0, 'a');
    edit();
    expect(await fileHistoryOf(own, path, begin, begin + hour)).toMatchObject({ isEdited });
  });

  test('a repository without commits, and a file that is in none', async () => {
    git(['init', '-q']);
    writeFileSync(path, 'a');
    const found = await fileHistoryOf(own, path, begin, begin + hour);
    expect(found).toMatchObject({ kind: 'known', commits: [], before: null, isEdited: true });
  });

  test('its text in a commit, before that, and where it was in none', async () => {
    git(['init', '-q']);
    writeFileSync(join(folder, 'other.txt'), 'x');
    writeFileSync(path, 'a');
    const first = commit('Add the flow', 0, 'a\n');
    const second = commit('Raise the timeout', 1, '超时 20\n');
    const textsOf = async (from: string, to: string | null) => {
      const texts = await differenceOf(own, path, { from, to });
      return texts.ok ? texts.value : texts.error;
    };
    expect(await textsOf('parent', second)).toEqual(['a\n', '超时 20\n']);
    expect(await textsOf('parent', first)).toEqual(['', 'a\n']);
    expect(await textsOf(first, null)).toEqual(['a\n', null]);
  });
});

describe('where Git says nothing', () => {
  test('no repository', async () => {
    writeFileSync(path, 'a');
    const found = await fileHistoryOf(own, path, 0, begin);
    expect(found).toEqual({ kind: 'notInRepository' });
  });

  test('no Git', async () => {
    const found = await fileHistoryOf(
      new GitFile(runGit(join(folder, 'no-such-git'))),
      path,
      0,
      begin,
    );
    expect(found).toEqual({ kind: 'noGit' });
  });

  test('a broken repository', async () => {
    git(['init', '-q']);
    commit('Add the flow', 0, 'a');
    rmSync(join(folder, '.git', 'objects'), { recursive: true });
    const { kind } = await fileHistoryOf(own, path, 0, begin);
    expect(['failed', 'notInRepository']).toContain(kind);
  });
});
