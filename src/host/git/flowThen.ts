import type * as vscode from 'vscode';
import type { Log } from '../../base/log.ts';
import type { FlowThenTold, FlowThenWanted } from '../../protocol/flowSince.ts';
import { shortHash } from '../../texts/flowSinceTexts.ts';
import { documentScheme } from '../ids.ts';
import { t } from '../l10n.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { tell } from '../surfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { GitCommit, GitFile } from './gitFile.ts';
import { fileForGit, gitOf } from './gitOf.ts';
import type { GitFault } from './runGit.ts';

/** What looks into the past of a file needs of its world. */
export interface FlowThenWorld {
  readonly vscode: Vscode;
  readonly log: Log;
  readonly git?: Pick<GitFile, 'commits' | 'textAt'>;
  readonly now?: () => number;
}

/** How a flow file was at a time: as it is, if nobody has written it since, else as it was committed. */
export async function flowThen(
  world: FlowThenWorld,
  wanted: FlowThenWanted,
): Promise<FlowThenTold> {
  const { uri, atMs } = wanted;
  const nowMs = (world.now ?? Date.now)();
  const untilMs = Math.max(nowMs, atMs + 1);
  const unknown: FlowThenTold = { uri, fromMs: -Infinity, untilMs, was: 'unknown' };
  // What a trace file keeps is what ran.
  if (world.vscode.Uri.parse(uri).scheme === documentScheme) {
    return { uri, fromMs: -Infinity, untilMs, was: 'same' };
  }
  const file = fileForGit(world.vscode, uri);
  if ('kind' in file) return unknown;
  const writtenMs = await writtenMsOf(world.vscode, file.uri);
  if (writtenMs !== undefined && writtenMs <= atMs) {
    return { uri, fromMs: writtenMs, untilMs, was: 'same' };
  }
  const found = await committed(world, file.uri, atMs);
  if (typeof found === 'string') return unknown;
  const { commit, nextMs, text } = found;
  if (commit === undefined) return { ...unknown, untilMs: nextMs ?? untilMs };
  const { hash, atMs: fromMs } = commit;
  const was = { commit: { hash, atMs: fromMs }, text };
  return { uri, fromMs, untilMs: nextMs ?? untilMs, was };
}

/** Opens a flow file as it was committed at a time beside as it is; says why where it can't. */
export async function openFlowThen(
  world: FlowThenWorld & { readonly documents: ReadOnlyDocuments },
  { uri, atMs }: FlowThenWanted,
): Promise<void> {
  const { vscode: editor, documents } = world;
  const file = fileForGit(editor, uri);
  if ('kind' in file && file.kind === 'untrusted') {
    await tell(editor, 'information', t('Git is used only in a trusted workspace.'));
    return;
  }
  const { path } = editor.Uri.parse(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if ('kind' in file) {
    await tell(editor, 'information', faultText('missing', name));
    return;
  }
  const found = await committed(world, file.uri, atMs);
  if (typeof found === 'string') await tell(editor, 'information', faultText(found, name));
  else if (found.commit === undefined)
    await tell(editor, 'information', faultText('missing', name));
  else {
    const title = t('{0} as in commit {1}', name, shortHash(found.commit.hash));
    await documents.openChanges(title, name, found.text, file.uri);
  }
}

interface Committed {
  readonly commit: GitCommit | undefined;
  /** When it was committed again. */
  readonly nextMs: number | undefined;
  readonly text: string;
}

async function committed(
  { vscode: editor, log, git = gitOf(editor) }: FlowThenWorld,
  file: vscode.Uri,
  atMs: number,
): Promise<Committed | GitFault['kind']> {
  const commits = await git.commits(file.fsPath);
  if (!commits.ok) return told(log, file, commits.error);
  const at = commits.value.findIndex((commit) => commit.atMs <= atMs);
  const commit = commits.value[at];
  const next = commits.value.at(at === -1 ? -1 : at - 1);
  const nextMs = at === 0 ? undefined : next?.atMs;
  if (commit === undefined) return { commit, nextMs, text: '' };
  const text = await git.textAt(file.fsPath, commit);
  return text.ok ? { commit, nextMs, text: text.value } : told(log, file, text.error);
}

function told(log: Log, { path }: vscode.Uri, fault: GitFault): GitFault['kind'] {
  const detail = fault.kind === 'failed' ? `: ${fault.detail}` : '';
  log('debug', `Git has nothing of ${path}: ${fault.kind}${detail}`);
  return fault.kind;
}

/** Undefined where an editor has another text than the disk, or nobody can tell. */
async function writtenMsOf(editor: Vscode, file: vscode.Uri): Promise<number | undefined> {
  const { workspace } = editor;
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open?.isDirty === true) return undefined;
  try {
    return (await workspace.fs.stat(file)).mtime;
  } catch {
    return undefined;
  }
}

function faultText(fault: GitFault['kind'], name: string): string {
  switch (fault) {
    case 'noGit':
      return t('Git wasn’t found. Install it to see “{0}” as it was when it ran.', name);
    case 'noRepository':
      return t('“{0}” isn’t in a Git repository, so the version that ran isn’t known.', name);
    case 'missing':
      return t('No commit contains “{0}” as it was when it ran.', name);
    case 'tooLarge':
    case 'failed':
      return t('Git couldn’t show “{0}” as it was when it ran. See the log for details.', name);
  }
}
