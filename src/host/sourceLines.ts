import type * as vscode from 'vscode';
import type { Log } from '../base/log.ts';
import { columnBesidePanel } from './columnBesidePanel.ts';
import { t } from './l10n.ts';
import { choose } from './surfaces.ts';
import type { TextEditors } from './textEditors.ts';
import type { Vscode } from './vscode.ts';

/** What opening a line of a robot's source needs of its world. */
export interface SourceLinesWorld {
  readonly vscode: Vscode;
  readonly editors: Pick<TextEditors, 'columnForFile'>;
  readonly log: Log;
  /** Says something where the reader looks. */
  readonly say: (sentence: string) => void;
}

/** A folder of a project may stand in several workspaces' folders; more than these nobody chooses from. */
const mostFiles = 20;
const elsewhere = '**/{node_modules,.git}/**';

/** Opens the line of a robot's source that a record names. Only files of the workspace: anybody may have written the record. */
export class SourceLines {
  private readonly world: SourceLinesWorld;

  constructor(world: SourceLinesWorld) {
    this.world = world;
  }

  /** `source` is `file:line`, seen from the folder in which the robot was started. */
  async open(source: string, preserveFocus: boolean): Promise<void> {
    const { log, say } = this.world;
    try {
      const at = source.lastIndexOf(':');
      const path = plainPath(source.slice(0, at));
      const uri = path === null ? undefined : await this.find(path);
      if (uri === 'cancelled') return;
      if (uri === undefined) {
        say(t('“{0}” isn’t in any folder that is open here. Open the robot’s folder.', source));
      } else await this.show(uri, Number(source.slice(at + 1)), preserveFocus);
    } catch (error) {
      log('warn', `the source of a step was not opened: ${String(error)}`);
      say(t('“{0}” can’t be opened.', source));
    }
  }

  private async find(path: string): Promise<vscode.Uri | 'cancelled' | undefined> {
    const { vscode } = this.world;
    const named = `**/${path.replaceAll(/[[\]{}*?\\]/g, '?')}`;
    const all = await vscode.workspace.findFiles(named, elsewhere, mostFiles);
    const found = all.filter((uri) => uri.path.endsWith(`/${path}`));
    // The robot is mostly started where the workspace begins.
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.path);
    const exact = found.filter((uri) => folders.some((folder) => uri.path === `${folder}/${path}`));
    const [only, ...others] = exact.length > 0 ? exact : found;
    if (others.length === 0) return only;
    const candidates = exact.length > 0 ? exact : found;
    const chosen = await choose(
      vscode,
      t('Several files have this name'),
      t('Select where to go'),
      candidates.map((uri) => ({ label: vscode.workspace.asRelativePath(uri, true), value: uri })),
    );
    return chosen ?? 'cancelled';
  }

  private async show(uri: vscode.Uri, line: number, preserveFocus: boolean): Promise<void> {
    const { vscode, editors } = this.world;
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: await columnBesidePanel(vscode, editors, uri),
      preserveFocus,
    });
    // The file may have become shorter since.
    const { firstNonWhitespaceCharacterIndex: first, range } = document.lineAt(
      Math.max(0, Math.min(line, document.lineCount) - 1),
    );
    const begin = range.start.with(undefined, first);
    editor.selection = new vscode.Selection(begin, begin);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

/** A path within a project: no way out of it, and none that a search would take for a pattern of its own. */
function plainPath(path: string): string | null {
  const parts = path.split('/');
  // Where the robot was started in a folder beside its source, the rest of the path still says which file it is.
  while (parts[0] === '..' || parts[0] === '.') parts.shift();
  const isPlain = parts.every((part) => part !== '' && part !== '..' && part !== '.');
  return parts.length > 0 && isPlain ? parts.join('/') : null;
}
