import { ok, type Result } from '../../base/result.ts';
import {
  type FileCommit,
  type FileDifference,
  type FileHistory,
  mostCommits,
} from '../../protocol/fileHistory.ts';
import type { Milliseconds } from '../../trace/execution.ts';
import type { GitCommit, GitFile } from './gitFile.ts';
import type { GitFault } from './runGit.ts';

/** The commits that touched a file between two moments, and whether it was changed since the newest. */
export async function fileHistoryOf(
  git: GitFile,
  file: string,
  fromMs: Milliseconds,
  toMs: Milliseconds,
): Promise<FileHistory> {
  const [commits, edited] = await Promise.all([commitsOf(git, file), git.isEdited(file)]);
  if (!commits.ok) return { kind: whyNot(commits.error) };
  if (!edited.ok) return { kind: whyNot(edited.error) };
  return { kind: 'known', ...between(commits.value, fromMs, toMs), isEdited: edited.value };
}

/** The two texts of a difference; the second is null where it is the file as it is now. */
export async function differenceOf(
  git: GitFile,
  file: string,
  { from, to }: Pick<FileDifference, 'from' | 'to'>,
): Promise<Result<readonly [before: string, after: string | null], GitFault>> {
  const commits = await commitsOf(git, file);
  if (!commits.ok) return commits;
  const at = (hash: string | null) => commits.value.find((one) => one.hash === hash);
  const parentOf = (hash: string | null) =>
    commits.value.find((_, index) => index > 0 && commits.value[index - 1]?.hash === hash);
  const textOf = async (commit: GitCommit | undefined) => {
    // Before its first commit there was none, and behind one that removed it.
    if (commit === undefined) return ok('');
    const text = await git.textAt(file, commit);
    return text.ok || text.error.kind !== 'missing' ? text : ok('');
  };
  const before = await textOf(from === 'parent' ? parentOf(to) : at(from));
  if (!before.ok || to === null) return before.ok ? ok([before.value, null]) : before;
  const after = await textOf(at(to));
  return after.ok ? ok([before.value, after.value]) : after;
}

/** None in a repository that has none, or knows nothing of the file. */
async function commitsOf(
  git: GitFile,
  file: string,
): Promise<Result<readonly GitCommit[], GitFault>> {
  const commits = await git.commits(file);
  return commits.ok || commits.error.kind !== 'missing' ? commits : ok([]);
}

function whyNot({ kind }: GitFault): Exclude<FileHistory['kind'], 'known'> {
  if (kind === 'noGit') return 'noGit';
  return kind === 'noRepository' ? 'notInRepository' : 'failed';
}

/** A commit that was written before and taken over between the two is one of those, and so is one that was amended later. */
function between(commits: readonly GitCommit[], fromMs: Milliseconds, toMs: Milliseconds) {
  // Git's seconds have no fractions: one of the second in which a run began may have come behind that.
  const isBetween = (ms: Milliseconds) => ms > fromMs - 1_000 && ms <= toMs;
  const inside = commits.filter(({ authoredMs, atMs }) => isBetween(authoredMs) || isBetween(atMs));
  const before = commits.find((commit) => !inside.includes(commit) && commit.atMs <= fromMs);
  return {
    commits: inside.slice(0, mostCommits).map(told),
    hasMore: inside.length > mostCommits,
    before: before === undefined ? null : told(before),
  };
}

function told({ hash, subject, authoredMs }: GitCommit): FileCommit {
  return { hash, subject, authoredMs };
}
