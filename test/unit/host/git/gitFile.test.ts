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

  test('tells its commits, the newest first', async () => {
    const answer = await git.commits(file());
    const subjects = ['加一步 $(1)', 'Rename it', 'Add the flow'];
    expect(answer.ok && answer.value.map(({ subject }) => subject)).toEqual(subjects);
    expect(answer.ok && answer.value.map(({ atMs }) => atMs)).toEqual([day(4), day(2), day(1)]);
  });

  test.each<[string, number, string]>([
    ['the newest', 0, '{"nodes":["a","b"]}'],
    ['the one before', 1, '{"nodes":["a"]}\r\n'],
    ['under its earlier name', 2, '{"nodes":["a"]}\r\n'],
  ])('gives its text as it was: %s', async (_name, at, text) => {
    const commits = await git.commits(file());
    const one = commits.ok ? commits.value[at] : undefined;
    expect(one && (await git.textAt(file(), one))).toEqual({ ok: true, value: text });
  });

  test('takes no subject for a commit', async () => {
    const path = join(root, 'flows/forged.json');
    write('flows/forged.json', '{}');
    commit(5, 'a\u0001--output=x\u00021\u00021\u0002Eve\u0002b');
    const answer = await git.commits(path);
    expect(answer.ok && answer.value.every(({ hash }) => /^[\da-f]{40}$/.test(hash))).toBe(true);
  });

  test('has none for what was never committed', async () => {
    write('flows/new.json', '{}');
    const answer = await git.commits(join(root, 'flows/new.json'));
    expect(answer).toEqual({ ok: true, value: [] });
  });

  test('says why it has no answer', async () => {
    const nowhere = join(outside, 'a.json');
    const faults = [
      await git.commits(nowhere),
      await git.commits(join(outside, 'gone/a.json')),
      await git.textAt(file(), { hash: 'HEAD', path: 'nothing.json' }),
      await new GitFile(runGit(join(outside, 'git'))).commits(nowhere),
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
    const answer = await git.commits(join(empty, 'a.json'));
    expect(answer).toEqual({ ok: false, error: { kind: 'missing' } });
  });
});
