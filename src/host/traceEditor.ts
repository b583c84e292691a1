import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Desk } from './desk.ts';
import { EngineClient } from './engineClient.ts';
import type { StartWorker } from './engineWorker.ts';
import { FlowsOfThen } from './flowsOfThen.ts';
import { flowThen, openFlowThen } from './git/flowThen.ts';
import { chooseLocation, offerFlowFile, openSource, tellMissing } from './nodeNotShown.ts';
import { OpenPanel, type PanelWorld } from './openPanel.ts';
import { fileDialogs } from './fileDialogs.ts';
import { fileHistories } from './fileHistory.ts';
import { createPanelHandlers, type PanelHandlersWorld } from './panelHandlers.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { NodeRevealer } from './revealNode.ts';
import { Saving } from './saving.ts';
import { Selection } from './selection.ts';
import { tell } from './surfaces.ts';
import type { TextEditors } from './textEditors.ts';
import { TraceFileSession } from './traceFileSession.ts';

/** What the editors of trace files need of their world. */
export interface TraceEditorsWorld
  extends
    Pick<PanelHandlersWorld, 'vscode' | 'settings' | 'globalState' | 'log'>,
    Pick<PanelWorld, 'extensionUri' | 'clock'> {
  readonly startWorker: StartWorker;
  readonly documents: ReadOnlyDocuments;
  readonly editors: TextEditors;
}

/** One that is open. */
export interface OpenEditor extends Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly desk: Desk;
}

/** Shows what a trace file holds in a panel, over an engine of its own that ends with it. */
export function createTraceEditor(
  given: TraceEditorsWorld,
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
): OpenEditor {
  const { vscode, extensionUri, clock, log: channel, documents, editors } = given;
  const { settings, globalState, startWorker } = given;
  const { log } = channel;
  const disposables = new Disposables();
  const engine = new EngineClient({ startWorker, clock, log });
  // Behind all that speaks with it.
  disposables.add({ dispose: () => void engine.close() });
  const say = (sentence: string) => void tell(vscode, 'information', sentence);
  const session = disposables.add(
    new TraceFileSession(
      {
        ...{ vscode, engine, documents, settings, log },
        onFile: (file) => {
          page.emit('traceFile', file);
        },
      },
      uri,
    ),
  );
  const selection = new Selection(() => session.shown);
  const flowFiles = { active: null, flush: () => Promise.resolve() };
  const git = () => Promise.resolve({ flowThen, openFlowThen });
  const flowsOfThen = disposables.add(
    new FlowsOfThen({ vscode, engine, documents, settings, log, git }),
  );
  const revealer = disposables.add(
    new NodeRevealer({
      ...{ vscode, engine, flowFiles, editors, log, flowsOfThen, say },
      notShown: () => Promise.resolve({ chooseLocation, openSource, offerFlowFile, tellMissing }),
    }),
  );
  const saving = new Saving(vscode, engine, log);
  const handlers = createPanelHandlers({
    ...{ vscode, engine, session, flowFiles, revealer, documents, settings, selection, saving },
    ...{ log: channel, globalState, flowsOfThen, histories: fileHistories(vscode, documents) },
    fileDialogs: fileDialogs(vscode),
  });
  const world = { vscode, extensionUri, engine, clock, log, handlers };
  const none = () => undefined;
  const page = new OpenPanel(
    panel,
    world,
    { kind: 'traceFile' },
    {
      ...{ onActive: none, onVisible: none, openPinned: none },
      ...{ openDashboard: none, showExecutions: none, showStep: none },
    },
  );
  disposables.add(page);
  const emit: Desk['emit'] = (name, payload) => {
    page.emit(name, payload);
  };
  const show = () => {
    panel.reveal();
  };
  const desk = { engine, revealer, selection, saving, show, emit, emitToMenu: emit, say };
  return {
    panel,
    desk,
    dispose: () => {
      disposables.dispose();
    },
  };
}
