import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GitFile } from '../../../../src/host/git/gitFile.ts';
import { runGit } from '../../../../src/host/git/runGit.ts';

/** Noon of a day of May. */
const day = (date: number) => Date.UTC(2026, 4, date, 12);

describe('what git knows of a file', () => {
  let root = '';
  let outside = '';
  const file = () => join(root, 'flows', '发票 (1).json');
  const git = new GitFile(runGit());

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'git-file-'));
    outside = mkdtempSync(join(tmpdir(), 'no-git-'));
    mkdirSync(join(root, 'flows'));
    call('init', '--quiet');
    // A repository may name programs; nobody asked for them.
    call('config', 'log.showSignature', 'true');
    call('config', 'diff.external', 'false');
    write('flows/old.json', '{"nodes":["a"]}\r\n');
    commit(1, 'Add the flow');
    renameSync(join(root, 'flows/old.json'), file());
    commit(2, 'Rename it');
    write('other.txt', 'x');
    commit(3, 'Something else');
    write('flows/发票 (1).json', '{"nodes":["a","b"]}');
    commit(4, '加一步 $(1)');
    write('flows/new.json', '{}');
  });

  afterAll(() => {
    for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
  });

  function call(...args: string[]): void {
    callAt(0, ...args);
  }

  function callAt(date: number, ...args: string[]): void {
    const own = { GIT_CONFIG_GLOBAL: join(outside, 'none'), GIT_CONFIG_NOSYSTEM: '1' };
    const env = { ...process.env, ...own, GIT_COMMITTER_DATE: new Date(day(date)).toISOString() };
    execFileSync('git', ['-C', root, ...args], { env });
  }

  function write(path: string, text: string): void {
    writeFileSync(join(root, path), text);
  }

  function commit(date: number, subject: string): void {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    call('add', '--all');
    callAt(date, ...who, 'commit', '--quiet', '--message', subject);
  }

  test.each<[string, [number, number], string[]]>([
    ['all', [0, 9], ['加一步 $(1)', 'Rename it', 'Add the flow']],
    ['between two times', [1, 3], ['Rename it']],
    ['none', [2, 3], []],
  ])('tells its commits: %s', async (_name, [since, until], subjects) => {
    const answer = await git.commitsOf(file(), day(since), day(until));
    expect(answer.ok && answer.value.map(({ subject }) => subject)).toEqual(subjects);
  });

  test.each<[string, number, string | undefined]>([
    ['before there was one', 0, undefined],
    ['under its earlier name', 1, '{"nodes":["a"]}\r\n'],
    ['between two commits', 3, '{"nodes":["a"]}\r\n'],
    ['the newest', 9, '{"nodes":["a","b"]}'],
  ])('gives its text as it was: %s', async (_name, date, text) => {
    const at = await git.commitAt(file(), day(date));
    expect(at.ok).toBe(true);
    const commitAt = at.ok ? at.value : undefined;
    const answer = commitAt && (await git.textAt(file(), commitAt));
    expect(answer?.ok === true ? answer.value : undefined).toBe(text);
  });

  test('has none for what was never committed', async () => {
    const answer = await git.commitsOf(join(root, 'flows/new.json'), 0, day(9));
    expect(answer).toEqual({ ok: true, value: [] });
  });

  test('says why it has no answer', async () => {
    const nowhere = join(outside, 'a.json');
    const faults = [
      await git.commitAt(nowhere, 0),
      await git.commitAt(join(outside, 'gone/a.json'), 0),
      await git.textAt(file(), { hash: 'HEAD', path: 'nothing.json' }),
      await new GitFile(runGit(join(outside, 'git'))).commitAt(nowhere, 0),
      await runGit()(root, ['log'], 100),
    ];
    expect(faults.map((answer) => answer.ok || answer.error.kind)).toEqual([
      'noRepository',
      'failed',
      'missing',
      'noGit',
      'tooLarge',
    ]);
  });

  test('an empty repository has no commits', async () => {
    const empty = join(outside, 'empty');
    mkdirSync(empty);
    execFileSync('git', ['-C', empty, 'init', '--quiet']);
    const answer = await git.commitAt(join(empty, 'a.json'), 0);
    expect(answer).toEqual({ ok: false, error: { kind: 'missing' } });
  });
});
