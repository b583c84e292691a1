import * as vscode from 'vscode';
import type { LocateAnswer, NodeLocation } from '../protocol/flows.ts';
import type { ExecutionKey, NodeId } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import type { FlowFiles } from './flowFiles.ts';
import { t } from './l10n.ts';
import { askForFiles, choose, tell } from './surfaces.ts';

/** What to show: a node, the one at which the execution failed, or the flow wherever that says most. */
export type RevealTarget = { readonly nodeId: NodeId; readonly name: string } | 'failing' | 'flow';

/** Brings a node of an execution into view in its flow file. */
export class NodeRevealer {
  private readonly engine: EngineClient;
  private readonly flowFiles: FlowFiles;

  constructor(engine: EngineClient, flowFiles: FlowFiles) {
    this.engine = engine;
    this.flowFiles = flowFiles;
  }

  /** Puts the cursor on the node; says why where that can't be done. Answers what was found. */
  async reveal(
    key: ExecutionKey,
    target: RevealTarget,
    preserveFocus: boolean,
  ): Promise<LocateAnswer['kind']> {
    const active = this.flowFiles.active;
    if (active !== null) await this.flowFiles.flush(active.uri);
    const answer = await this.engine.call('locate', { key, target });
    switch (answer.kind) {
      case 'found':
        await show(answer.location, preserveFocus);
        break;
      // The reader may take his time; who asked waits for an answer.
      case 'ambiguous':
        void showChosen(answer.candidates, preserveFocus);
        break;
      case 'noFlowFile':
        void offerFlowFile();
        break;
      case 'notInFlow':
        void tell(
          'information',
          t(
            'This node is not in the flow file “{0}”. The file may be newer or older than the execution.',
            answer.flowName,
          ),
        );
        break;
      case 'notFailed':
        void tell('information', t('This execution did not fail.'));
        break;
      case 'noNode':
        void tell(
          'information',
          t('The record names no failing node, and no flow file tells which one it was.'),
        );
        break;
    }
    return answer.kind;
  }
}

async function show(location: NodeLocation, preserveFocus: boolean): Promise<void> {
  const uri = vscode.Uri.parse(location.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const rangeOf = ({ start, end }: { start: number; end: number }) =>
    new vscode.Range(document.positionAt(start), document.positionAt(end));
  const idRange = rangeOf(location.idRange);
  const visible = vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString(),
  );
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: visible?.viewColumn ?? columnBesidePanel(),
    preserveFocus,
  });
  // Backwards: the cursor at the begin of a long id keeps the begin of the lines in sight.
  editor.selection = new vscode.Selection(idRange.end, idRange.start);
  const lineBegin = new vscode.Range(idRange.start.with(undefined, 0), idRange.start);
  editor.revealRange(lineBegin, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** A column that isn't the panel's, so that the jump doesn't cover what the reader jumps from. */
function columnBesidePanel(): vscode.ViewColumn {
  const group = vscode.window.tabGroups.all.find(
    ({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview),
  );
  return group?.viewColumn ?? vscode.ViewColumn.Beside;
}

async function showChosen(
  candidates: readonly NodeLocation[],
  preserveFocus: boolean,
): Promise<void> {
  const chosen = await chooseLocation(candidates);
  if (chosen !== undefined) await show(chosen, preserveFocus);
}

function chooseLocation(candidates: readonly NodeLocation[]): Promise<NodeLocation | undefined> {
  return choose(
    t('Several places match this node'),
    t('Choose where to go'),
    candidates.map((location) => ({
      label: location.nodeName === '' ? location.nodeId : location.nodeName,
      description: location.nodeId,
      detail: vscode.workspace.asRelativePath(vscode.Uri.parse(location.uri)),
      value: location,
    })),
  );
}

async function offerFlowFile(): Promise<void> {
  const open = t('Open Flow File…');
  const picked = await tell(
    'information',
    t(
      'No flow file of this workspace holds the nodes of this execution. Export the workflow from the console and open it here.',
    ),
    open,
  );
  if (picked !== open) return;
  const [uri] = await askForFiles({ filters: { [t('Flow files')]: ['yml', 'yaml', 'json'] } });
  if (uri !== undefined) await vscode.window.showTextDocument(uri);
}
