import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import { traceFileExtension } from '../sources/files/traceFileHead.ts';
import { compareCommands } from './compareCommands.ts';
import { contextCommands } from './contextCommands.ts';
import type { EditorMarks } from './editor/editorMarks.ts';
import { editorCommands } from './editor/editorCommands.ts';
import type { Credentials } from './credentials.ts';
import type { Desk } from './desk.ts';
import type { EngineClient } from './engineClient.ts';
import type { FlowFiles } from './flowFiles.ts';
import { handOnCommands } from './handOnCommands.ts';
import { type CommandId, commandIds } from './ids.ts';
import { t } from './l10n.ts';
import { fileDialogsLater, later } from './later.ts';
import { isSame } from './recentSources.ts';
import type { NodeRevealer } from './revealNode.ts';
import type { SavedForm, Saves } from './saving.ts';
import type { Selection } from './selection.ts';
import type { Session } from './session.ts';
import type { OpensFlowThen } from './opensFlowThen.ts';
import type { Settings } from './settings.ts';
import { type LogChannel, tell } from './surfaces.ts';
import type { TextEditors } from './textEditors.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

/** What commands act on. */
export interface CommandsWorld {
  readonly vscode: Vscode;
  readonly extensionUri: vscode.Uri;
  readonly storageUri: vscode.Uri;
  readonly engine: EngineClient;
  readonly panel: TracePanel;
  readonly session: Session;
  readonly flowFiles: FlowFiles;
  readonly editors: TextEditors;
  readonly flowsOfThen: OpensFlowThen;
  readonly marks: EditorMarks;
  readonly revealer: NodeRevealer;
  readonly credentials: Credentials;
  readonly settings: () => Settings;
  readonly log: LogChannel;
  readonly selection: Selection;
  readonly saving: Saves;
  readonly historyFolder: string;
  /** Where the reader works; `panel`, `engine` and `selection` are those of the window. */
  readonly desk: () => Desk;
}

/** Registers every command; what goes wrong in one is told, not swallowed. */
export function registerCommands(world: CommandsWorld): Disposable {
  const { vscode } = world;
  const disposables = new Disposables();
  for (const [id, run] of Object.entries(commandTable(world))) {
    disposables.add(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await run(...args);
        } catch (error) {
          const message = withoutCredentials(
            error instanceof Error ? error.message : String(error),
          );
          world.log.log('error', `${id}: ${message}`);
          void tell(vscode, 'error', message);
        }
      }),
    );
  }
  return disposables;
}

function commandTable(world: CommandsWorld): Record<CommandId, (...args: unknown[]) => unknown> {
  const { vscode, panel, session, engine, log } = world;
  return {
    ...contextCommands(world),
    ...editorCommands(world),
    ...compareCommands(world),
    ...handOnCommands(world),
    [commandIds.openPanel]: () => {
      panel.show();
    },
    [commandIds.openDashboard]: () => {
      panel.openDashboard();
    },
    [commandIds.openFlowView]: () => {
      const { active } = world.flowFiles;
      if (active !== null) panel.openFlowView(active.uri, active.name || active.fileName);
    },
    [commandIds.connect]: () => {
      panel.show();
      panel.emit('showConnect', null);
    },
    [commandIds.disconnect]: () => session.disconnect(),
    [commandIds.pause]: () => session.pause(),
    [commandIds.resume]: () => session.resume(),
    [commandIds.endReading]: () => session.endReading(),
    [commandIds.readAgain]: () => session.readAgain(),
    [commandIds.switchSource]: () => switchSource(world),
    [commandIds.playSample]: async () => {
      await session.playSample();
      panel.show();
    },
    [commandIds.openTraceFile]: async () => {
      const paths = await fileDialogsLater(vscode).chooseTraceFiles();
      if (paths.length === 0) return;
      await session.openFiles(paths);
      panel.show();
    },
    [commandIds.openAsTrace]: (uri, selected) => openAsTrace(world, uri, selected),
    [commandIds.jumpToFailingStep]: async () => (await later()).jumpToFailingStep(world),
    [commandIds.showInPanel]: () => showInPanel(world),
    [commandIds.showLog]: () => {
      log.show();
    },
    [commandIds.startEngine]: () => {
      engine.startAgain();
    },
    [commandIds.openSampleWorkspace]: async () =>
      (await later()).openSampleWorkspace(vscode, world),
    [commandIds.saveExecutions]: () => saveExecutions(world),
    [commandIds.saveExecution]: (context) => saveExecution(world, context, 'jsonl'),
    [commandIds.saveTraceFile]: (context) => saveExecution(world, context, traceFileExtension),
    [commandIds.deleteHistory]: async () => (await later()).deleteHistory(world),
    [commandIds.setOtlpHeaders]: async () => {
      const { askForHeaders } = await later();
      const changed = await askForHeaders(vscode, world.settings().otlp, world.credentials);
      if (changed && engine.isRunning) await session.configure();
    },
    [commandIds.forgetPassword]: async () => (await later()).forgetPassword(world),
  };
}

async function switchSource({ vscode, session, panel }: CommandsWorld): Promise<void> {
  const { recent, current, connections } = session;
  const { chooseSource } = await later();
  const source = await chooseSource(vscode, { recent, current, connections });
  if (source === undefined) return;
  if (current === undefined || !isSame(source, current)) await session.reopen(source);
  panel.show();
}

/** From the explorer's menu: the clicked file, or all that are selected with it. */
async function openAsTrace(world: CommandsWorld, uri: unknown, selected: unknown): Promise<void> {
  const { vscode } = world;
  const uris = Array.isArray(selected) && selected.length > 0 ? selected : [uri];
  const paths = uris.flatMap((item) => (item instanceof vscode.Uri ? [item.fsPath] : []));
  const active = vscode.window.activeTextEditor?.document.uri;
  if (paths.length === 0 && active !== undefined) paths.push(active.fsPath);
  if (paths.length === 0) return;
  await world.session.openFiles(paths);
  world.panel.show();
}

/** What the list of the panel shows; without a panel there is no filter. */
async function saveExecutions({ panel, saving }: CommandsWorld): Promise<void> {
  if (panel.isOpen) panel.emit('saveShown', null);
  else await saving.executions({ kind: 'list', scope: { kind: 'all' }, filter: '' });
}

/** From the context menu of the panel: the one that was clicked; from the palette the selected one. */
async function saveExecution(
  { vscode, desk }: CommandsWorld,
  context: unknown,
  form: SavedForm,
): Promise<void> {
  const { saving, selection } = desk();
  const clicked =
    typeof context === 'object' && context !== null && 'executionKey' in context
      ? context.executionKey
      : null;
  const key = typeof clicked === 'string' ? clicked : selection.key;
  if (key !== null) await saving.executions({ kind: 'execution', key }, form);
  else {
    void tell(vscode, 'information', t('Select an execution in the trace panel first.'));
  }
}

/** From the cursor in the flow file to the node in the panel: of the execution that is open, if it ran the node. */
async function showInPanel(world: CommandsWorld): Promise<void> {
  const { vscode, engine, flowFiles, panel, selection } = world;
  const editor = vscode.window.activeTextEditor ?? flowEditor(world);
  if (editor === undefined) return;
  const uri = editor.document.uri.toString();
  await flowFiles.flush(uri);
  const offset = editor.document.offsetAt(editor.selection.active);
  const node = await engine.call('nodeAt', { uri, offset, preferred: selection.key });
  if (node === null) {
    panel.say(t('Place the cursor on a node of a flow file first.'));
    return;
  }
  if (node.execution === null) {
    panel.show(true);
    const name = node.name || node.nodeId;
    panel.say(t('No execution has run “{0}” yet.', name));
    return;
  }
  panel.show();
  const { execution: key, nodeId } = node;
  panel.emit('select', { key, nodeId, rowKey: null, takesFocus: true });
}

/** While the panel has the focus, the flow file beside it, whose cursor stays where it was. */
function flowEditor({ flowFiles, editors }: CommandsWorld): vscode.TextEditor | undefined {
  return flowFiles.active === null ? undefined : editors.of(flowFiles.active.uri);
}
