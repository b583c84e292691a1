import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { hasCode } from '../base/hasCode.ts';
import type { FileCommit, FileHistory } from '../protocol/fileHistory.ts';
import { mostCommits } from '../protocol/fileHistory.ts';

const run = promisify(execFile);

/** What is waited for an answer of Git: of a repository of years it takes a second. */
const mostMs = 5_000;
/** Of a flow file; the console takes 20 MB. */
const mostBytes = 32 * 1024 * 1024;
/** How far back it is looked for commits: those between two runs are among the last of one file. */
const mostLooked = 200;
/** Nothing that a repository's settings name is started, and nothing of it is written. */
const quiet = ['--no-pager', '--no-optional-locks', '-c', 'core.fsmonitor=false'];
const format = '--format=%H%x00%h%x00%at%x00%ct%x00%s%x00';

/** What Git is asked of a file: with fixed arguments, in no shell, and no longer than somebody waits. */
export class GitFile {
  private readonly git: string;
  private readonly folder: string;
  /** `:(literal)` takes signs such as `*` for what they are. */
  private readonly pathSpec: string;
  private readonly name: string;

  constructor(git: string, path: string) {
    this.git = git;
    this.folder = dirname(path);
    this.name = basename(path);
    this.pathSpec = `:(literal)${this.name}`;
  }

  /** The commits that touched it between two moments, and whether it was changed since the newest. */
  async history(fromMs: number, toMs: number): Promise<FileHistory> {
    try {
      const inside = await this.ask('rev-parse', '--is-inside-work-tree');
      if (inside.trim() !== 'true') return { kind: 'notInRepository' };
      const [status, log] = await Promise.all([
        this.ask('status', '--porcelain=v1', '-z', '--', this.pathSpec),
        this.log(),
      ]);
      return { kind: 'known', ...between(commitsOf(log), fromMs, toMs), isEdited: status !== '' };
    } catch (error) {
      return { kind: whyNot(error) };
    }
  }

  /** Its text in a commit; empty where it wasn't there. */
  async textIn(commit: string): Promise<string> {
    const inTree = `${commit}:./${this.name}`;
    const exists = await this.ask('cat-file', '-e', inTree).then(
      () => true,
      (error: unknown) => {
        // It ran, and said no.
        if (typeof (error as { code?: unknown }).code === 'number') return false;
        throw error;
      },
    );
    return exists ? this.ask('cat-file', 'blob', inTree) : '';
  }

  private async log(): Promise<string> {
    const limit = `--max-count=${String(mostLooked)}`;
    return this.ask('log', limit, format, '--', this.pathSpec).catch((error: unknown) => {
      if (String(error).includes('does not have any commits')) return '';
      throw error;
    });
  }

  private async ask(...args: readonly string[]): Promise<string> {
    // Not by its working directory: on Windows a program would be looked for there first.
    const whole = ['-C', this.folder, ...quiet, ...args];
    const { stdout } = await run(this.git, whole, {
      ...{ timeout: mostMs, killSignal: 'SIGKILL', maxBuffer: mostBytes, windowsHide: true },
      ...{ env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' }, encoding: 'utf8' },
    });
    return stdout;
  }
}

function whyNot(error: unknown): Exclude<FileHistory['kind'], 'known'> {
  if (hasCode(error, 'ENOENT')) return 'noGit';
  return /not a git repository/i.test(String(error)) ? 'notInRepository' : 'failed';
}

interface Dated extends FileCommit {
  readonly committedMs: number;
}

function commitsOf(log: string): readonly Dated[] {
  const parts = log.split('\0');
  const commits: Dated[] = [];
  for (let at = 0; at + 4 < parts.length; at += 5) {
    const [hash = '', shortHash = '', authored, committed, subject = ''] = parts.slice(at, at + 5);
    const ms = (seconds: string | undefined) => Number(seconds) * 1_000;
    commits.push({
      ...{ hash: hash.trim(), shortHash, subject },
      ...{ authoredMs: ms(authored), committedMs: ms(committed) },
    });
  }
  return commits;
}

/** A commit that was written before and taken over between the two is one of those, and so is one that was amended later. */
function between(commits: readonly Dated[], fromMs: number, toMs: number) {
  // Git's seconds have no fractions: one of the second in which a run began may have come behind that.
  const isBetween = (ms: number) => ms > fromMs - 1_000 && ms <= toMs;
  const inside = commits.filter(
    ({ authoredMs, committedMs }) => isBetween(authoredMs) || isBetween(committedMs),
  );
  const before = commits.find((commit) => !inside.includes(commit) && commit.committedMs <= fromMs);
  const told = ({ hash, shortHash, subject, authoredMs }: Dated): FileCommit => {
    return { hash, shortHash, subject, authoredMs };
  };
  return {
    commits: inside.slice(0, mostCommits).map(told),
    hasMore: inside.length > mostCommits,
    before: before === undefined ? null : told(before),
  };
}
