import { basename, dirname } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { Milliseconds } from '../../trace/execution.ts';
import type { GitFault, RunGit } from './runGit.ts';

/** A commit that changed a file. */
export interface GitCommit {
  readonly hash: string;
  /** When it came into the history that stands here. */
  readonly atMs: Milliseconds;
  /** When it was written: earlier, where it was taken over from elsewhere. */
  readonly authoredMs: Milliseconds;
  readonly author: string;
  readonly subject: string;
  /** What the file was called then, from the top of the repository. */
  readonly path: string;
}

/** Where the text of a file stands in its repository. */
export type GitRevision = Pick<GitCommit, 'hash' | 'path'>;

/** A flow that was committed more often is generated; its newest commits are looked at. */
const mostLookedAt = 500;
/** Whatever a subject holds, it is no commit. */
const hashForm = /^[\da-f]{40}(?:[\da-f]{24})?$/;
/** A commit has a line of some 200 bytes. */
const mostLogBytes = 2_000_000;
/** As large as flow files may be. */
const mostTextBytes = 20_000_000;

/** What git knows of one file; paths are those of the disk. */
export class GitFile {
  private readonly run: RunGit;

  constructor(run: RunGit) {
    this.run = run;
  }

  /** The text of a file at a revision, as it was committed. */
  textAt(file: string, { hash, path }: GitRevision): Promise<Result<string, GitFault>> {
    return this.run(dirname(file), ['cat-file', 'blob', `${hash}:${path}`], mostTextBytes);
  }

  /** Whether the file is other than in the newest commit, or in none. */
  async isEdited(file: string): Promise<Result<boolean, GitFault>> {
    const args = ['status', '--porcelain=v1', '-z', '--', basename(file)];
    const told = await this.run(dirname(file), args, mostLogBytes);
    return told.ok ? ok(told.value !== '') : told;
  }

  /** All that changed it, the newest first; also under an earlier name. */
  async commits(file: string): Promise<Result<readonly GitCommit[], GitFault>> {
    const args = ['log', '--follow', '--no-show-signature', '--no-ext-diff', '--no-textconv', '-z'];
    const fields = '--format=%x01%H%x02%ct%x02%at%x02%an%x02%s';
    const count = `--max-count=${String(mostLookedAt)}`;
    const told = await this.run(
      dirname(file),
      [...args, '--name-only', fields, count, '--', basename(file)],
      mostLogBytes,
    );
    return told.ok ? ok(told.value.split('\u0001').flatMap(commitOf)) : told;
  }
}

function commitOf(entry: string): GitCommit[] {
  const [head = '', name = ''] = entry.split('\0');
  const [hash = '', committed = '', authored = '', author = '', subject = ''] =
    head.split('\u0002');
  const path = name.replace(/^\n/, '');
  if (!hashForm.test(hash) || path === '') return [];
  const [atMs = NaN, authoredMs = NaN] = [committed, authored].map((text) => Number(text) * 1000);
  return [{ hash, atMs, authoredMs, author, subject, path }];
}
