import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { hasCode } from '../../base/hasCode.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** Why git has no answer: there is no git, no repository, nothing under that name, more than is read, or something else. */
export type GitFault =
  | { readonly kind: 'noGit' | 'noRepository' | 'missing' | 'tooLarge' }
  | { readonly kind: 'failed'; readonly detail: string };

/** Asks git something about a folder; `mostBytes` is how much of an answer is read. */
export type RunGit = (
  folder: string,
  args: readonly string[],
  mostBytes: number,
) => Promise<Result<string, GitFault>>;

/** A history that takes longer is on a disk far away; who asked waits. */
const patienceMs = 15_000;

/** Runs git itself: without a shell, a prompt, a lock or the network, and without programs that a repository names. */
export function runGit(program = 'git'): RunGit {
  return (folder, args, mostBytes) =>
    new Promise((resolve) => {
      execFile(
        program,
        ['-C', folder, '--no-pager', '--literal-pathspecs', ...noWatcher, ...args],
        {
          // Windows looks there for the program first: a workspace may hold a git of its own.
          cwd: dirname(process.execPath),
          env: { ...process.env, ...quiet },
          maxBuffer: mostBytes,
          timeout: patienceMs,
          windowsHide: true,
        },
        (error, stdout, stderr) => {
          resolve(error === null ? ok(stdout) : err(faultOf(error, stderr)));
        },
      );
    });
}

/** A program that tells what has changed, of which a repository may name any. */
const noWatcher = ['-c', 'core.fsmonitor=false'];

const quiet = {
  // Told by its words, which are others in other languages.
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // A clone without its contents would fetch them.
  GIT_NO_LAZY_FETCH: '1',
};

function faultOf(error: Error, stderr: string): GitFault {
  if (hasCode(error, 'ENOENT')) return { kind: 'noGit' };
  if (hasCode(error, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')) return { kind: 'tooLarge' };
  if (stderr.includes('not a git repository')) return { kind: 'noRepository' };
  const isMissing = /does not have any commits yet|does not exist in|exists on disk, but not in/;
  if (isMissing.test(stderr)) return { kind: 'missing' };
  return { kind: 'failed', detail: (stderr || error.message).trim().slice(0, 300) };
}
