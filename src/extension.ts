import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './host/commands.ts';
import { Credentials } from './host/credentials.ts';
import { EditorFeatures } from './host/editor/editorFeatures.ts';
import { readEditorSettings } from './host/editor/editorSettings.ts';
import { EngineClient } from './host/engineClient.ts';
import { workerThread } from './host/engineWorker.ts';
import { FlowFiles } from './host/flowFiles.ts';
import { systemClock } from './base/systemClock.ts';
import { FlowsOfThen } from './host/flowsOfThen.ts';
import { translateAs } from './host/l10n.ts';
import {
  fileDialogsLater,
  filesWatchLater,
  historiesLater,
  later,
  rememberFormLater,
  savingLater,
} from './host/later.ts';
import { registerLinks } from './host/handOnCommands.ts';
import { LedgerFiles } from './host/ledgerFiles.ts';
import { Notifications } from './host/notifications.ts';
import { createPanelHandlers } from './host/panelHandlers.ts';
import { ReadOnlyDocuments } from './host/readOnlyDocuments.ts';
import { NodeRevealer } from './host/revealNode.ts';
import { Selection } from './host/selection.ts';
import { Session } from './host/session.ts';
import { readNotifyFailures, readSettings } from './host/settings.ts';
import { connectEvents } from './host/events.ts';
import { startAsOrdered } from './host/startOrder.ts';
import { StatusBar } from './host/statusBar.ts';
import { createLogChannel } from './host/surfaces.ts';
import { TextEditors } from './host/textEditors.ts';
import { TraceEditors } from './host/traceEditors.ts';
import { deskOf, TracePanel } from './host/tracePanel.ts';

let engineToClose: EngineClient | undefined;
let ledgerToKeep: LedgerFiles | undefined;

/** What tests of the extension get: a way to prove that a lost engine is survived. */
export interface Exports {
  /** Ends the engine as a crash would. */
  killEngine(): Promise<void>;
}

/** Builds, connects, pushes. Touches no network and starts no engine: that waits for the panel. */
export function activate(context: vscode.ExtensionContext): Exports | undefined {
  translateAs(vscode);
  const settings = () => readSettings(vscode, process.env);
  const channel = createLogChannel(vscode, 'RPA Trace');
  const { log } = channel;
  const clock = systemClock;
  const startWorker = workerThread(
    context.asAbsolutePath('dist/engine.js'),
    () => settings().engineHeapMegabytes,
  );
  const engine = new EngineClient({ startWorker, clock, log });
  const readText = async (file: vscode.Uri) => (await later()).readFlowText(vscode, file);
  const flowFiles = new FlowFiles({ vscode, engine, clock, log, settings, readText });
  const credentials = new Credentials(context.secrets);
  const { workspaceState, globalState, extensionUri } = context;
  const ledger = new LedgerFiles(join(context.globalStorageUri.fsPath, 'ledger'), log);
  const historyFolder = join(context.globalStorageUri.fsPath, 'history');
  const session = new Session({
    rememberForm: rememberFormLater(vscode),
    vscode,
    engine,
    flowFiles,
    credentials,
    settings,
    workspaceState,
    ledger,
    historyFolder,
    ...{ log, clock },
    filesWatch: filesWatchLater(vscode, (file) => {
      panel.emit('traceFile', file);
    }),
  });
  const documents = new ReadOnlyDocuments(vscode);
  const editors = new TextEditors(vscode);
  const flowsOfThen = new FlowsOfThen({ vscode, engine, documents, settings, log, git: later });
  const revealer = new NodeRevealer({
    ...{ vscode, engine, flowFiles, editors, log, flowsOfThen, notShown: later },
    placeNow: (document, location) => editorFeatures.marks.placeNow(document, location),
    say: (sentence) => {
      panel.say(sentence);
    },
  });
  const selection = new Selection(() => session.shown);
  const saving = savingLater(vscode, engine, log);
  const handlers = createPanelHandlers({
    vscode,
    engine,
    session,
    flowFiles,
    revealer,
    documents,
    settings,
    log: channel,
    selection,
    saving,
    flowsOfThen,
    globalState,
    histories: historiesLater(vscode, documents),
    fileDialogs: fileDialogsLater(vscode),
  });
  const panel = new TracePanel({ vscode, extensionUri, engine, clock, log, handlers });
  const notifications = new Notifications({
    ...{ vscode, notifyFailures: () => readNotifyFailures(vscode), clock, panel, revealer },
    ...{ sourceOf: () => session.shown, onDidChangeSource: session.onDidChangeSource },
  });
  const editorFeatures = new EditorFeatures({
    ...{ vscode, engine, flowFiles, selection, panel, clock, log },
    settings: () => readEditorSettings(vscode),
    onDidChangeSource: session.onDidChangeSource,
  });
  const statusBar = new StatusBar(vscode);
  const traceEditors = new TraceEditors({
    ...{ vscode, extensionUri, clock, settings, globalState },
    ...{ log: channel, startWorker, documents, editors },
  });
  const window = deskOf(panel, { engine, revealer, selection, saving });
  const desk = () => traceEditors.active ?? window;
  engineToClose = engine;
  ledgerToKeep = ledger;

  context.subscriptions.push(
    channel,
    session,
    flowFiles,
    editors,
    documents,
    flowsOfThen,
    revealer,
    panel,
    notifications,
    editorFeatures,
    statusBar,
    traceEditors,
    registerLinks({ vscode, engine, session, panel, desk, log }),
    connectEvents({
      vscode,
      engine,
      flowFiles,
      session,
      panel,
      notifications,
      statusBar,
      settings,
      selection,
      log,
    }),
    registerCommands({
      vscode,
      extensionUri,
      storageUri: context.globalStorageUri,
      engine,
      panel,
      session,
      flowFiles,
      editors,
      marks: editorFeatures.marks,
      flowsOfThen,
      revealer,
      credentials,
      settings,
      selection,
      saving,
      historyFolder,
      log: channel,
      desk,
    }),
  );
  startAsOrdered(process.env['RPA_TRACE_START'], {
    ...{ vscode, session, panel, settings, log },
  });
  const isTested = process.env['RPA_TRACE_TEST'] === '1';
  return isTested ? { killEngine: () => engine.kill() } : undefined;
}

/** Gives the engine the time to leave its group and send its last metrics, and what it counted the time to be kept. */
export async function deactivate(): Promise<void> {
  await engineToClose?.close();
  await ledgerToKeep?.settled();
}
