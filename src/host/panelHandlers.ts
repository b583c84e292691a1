import type { Memento } from 'vscode';
import type { Handlers } from '../protocol/channel.ts';
import type { HostMethods, PanelSeed, PanelSizes } from '../protocol/hostProtocol.ts';
import { traceFileExtension } from '../sources/files/traceFileHead.ts';
import { markedExecution, readEditorSettings } from './editor/editorSettings.ts';
import type { ValueRef } from '../protocol/inspector.ts';
import type { NodeId } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import type { OpensFlowThen } from './opensFlowThen.ts';
import type { FileDialogs } from './fileDialogs.ts';
import type { FileHistories } from './fileHistory.ts';
import type { FlowFiles } from './flowFiles.ts';
import { commandIds, settingsSection } from './ids.ts';
import { openGuide } from './openGuide.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { NodeRevealer } from './revealNode.ts';
import type { Saves } from './saving.ts';
import type { Selection } from './selection.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { liveSource } from './recentSources.ts';
import { t, translations } from './l10n.ts';
import { type LogChannel, tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** What is read: by the session of the window, or by the editor of a trace file. */
export type PanelSession = Pick<
  Session,
  | ('resumeLast' | 'form' | 'forms' | 'hasSource' | 'back' | 'connect' | 'testConnection')
  | ('playSample' | 'openFiles' | 'openContents' | 'disconnect' | 'reopen' | 'readAgain')
>;

/** Who does what the panel asks for. */
export interface PanelHandlersWorld {
  readonly vscode: Vscode;
  readonly engine: EngineClient;
  readonly session: PanelSession;
  readonly flowFiles: Pick<FlowFiles, 'active'>;
  readonly revealer: NodeRevealer;
  readonly documents: ReadOnlyDocuments;
  readonly settings: () => Settings;
  readonly log: LogChannel;
  readonly selection: Selection;
  readonly saving: Saves;
  readonly flowsOfThen: OpensFlowThen;
  readonly histories: FileHistories;
  readonly fileDialogs: FileDialogs;
  /** Kept over all windows: how the reader divided a panel. */
  readonly globalState: Memento;
}

const sizesKey = 'panelSizes';

/** What every panel is answered; which of them asks, the panel itself knows. */
export type PanelHandlers = Omit<
  Handlers<HostMethods>,
  'ready' | 'openInNewPanel' | 'openDashboard' | 'showExecutions' | 'wayShown'
> & {
  /** `of` is the panel that shows it. */
  readonly showWay: (of: object, nodeIds: readonly NodeId[]) => void;
  readonly ready: () => Promise<
    Omit<
      PanelSeed,
      'watcher' | 'pinned' | 'isDashboard' | 'numbersTime' | 'flowView' | 'isTraceFile'
    >
  >;
};

/** The host's answers to the panel, one per message. */
export function createPanelHandlers(world: PanelHandlersWorld): PanelHandlers {
  const {
    vscode,
    engine,
    session,
    flowFiles,
    revealer,
    documents,
    settings,
    log,
    selection,
    saving,
    globalState,
    histories,
    fileDialogs,
  } = world;
  // A dialog may stay open for long: the panel doesn't wait, and what goes wrong is told where the dialog was.
  const save = (saved: Promise<void>) => {
    saved.catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      log.log('error', `Saving: ${message}`);
      void tell(vscode, 'error', t('Nothing was saved: {0}', message));
    });
    return null;
  };
  const textOf = async (text: string | ValueRef) =>
    typeof text === 'string' ? text : (await engine.call('valueText', text)).text;
  return {
    ready: async () => {
      const resumes = session.resumeLast();
      return {
        language: vscode.env.language,
        bundle: translations(),
        flow: flowFiles.active,
        followLatest: settings().followLatest,
        connection: await session.form(),
        connections: await session.forms(),
        trusted: vscode.workspace.isTrusted,
        hasStarted: resumes || session.hasSource,
        back: liveSource(session.back),
        sizes: globalState.get<PanelSizes>(sizesKey) ?? null,
        engineLost: engine.loss,
        markedExecution: markedExecution(readEditorSettings(vscode), selection),
      };
    },
    connect: async ({ form, password }) => {
      await session.connect(form, password);
      return null;
    },
    testConnection: ({ form, password }) => session.testConnection(form, password),
    playSample: async () => {
      await session.playSample();
      return null;
    },
    openTraceFiles: async () => {
      const paths = await fileDialogs.chooseTraceFiles();
      if (paths.length > 0) await session.openFiles(paths);
      return paths.length;
    },
    openContents: async ({ files }) => {
      await session.openContents(files);
      return null;
    },
    chooseCaFile: () => fileDialogs.chooseCaFile(),
    disconnect: async () => {
      await session.disconnect();
      return null;
    },
    goBack: async () => {
      if (session.back !== undefined) await session.reopen(session.back);
      return null;
    },
    readAgain: async () => {
      await session.readAgain();
      return null;
    },
    switchSource: () => {
      void vscode.commands.executeCommand(commandIds.switchSource);
      return null;
    },
    setFollowLatest: async ({ follow }) => {
      await vscode.workspace
        .getConfiguration(settingsSection)
        .update('panel.followLatest', follow, vscode.ConfigurationTarget.Global);
      return null;
    },
    rememberSizes: async (sizes) => {
      await globalState.update(sizesKey, sizes);
      return null;
    },
    revealNode: ({ key, target, preserveFocus }) => revealer.reveal(key, target, preserveFocus),
    setSelected: ({ key }) => {
      selection.key = key;
      return null;
    },
    stepChosen: (step) => {
      selection.chooseStep(step);
      return null;
    },
    showWay: (of, nodeIds) => {
      selection.showWay(of, new Set(nodeIds));
    },
    copy: async ({ text }) => {
      await vscode.env.clipboard.writeText(await textOf(text));
      return null;
    },
    openText: async ({ title, text, language }) => {
      await documents.open(title, await textOf(text), language);
      return null;
    },
    openDiff: async ({ title, before, after, language, isLater }) => {
      await documents.openDiff({ title, isLater }, [before, after], language);
      return null;
    },
    fileHistory: (query) => histories.of(query),
    openFileDifference: async (difference) => {
      await histories.open(difference);
      return null;
    },
    saveExecutions: ({ target }) => save(saving.executions(target)),
    saveTraceFile: ({ target }) => save(saving.executions(target, traceFileExtension)),
    handOn: ({ command, key, step }) => {
      // As from the menu of a row; what goes wrong in a command is told by it.
      void vscode.commands.executeCommand(commandIds[command], { executionKey: key, ...step });
      return null;
    },
    saveRejected: ({ position }) => save(saving.rejected(position)),
    saveTable: ({ name, text, format }) => save(saving.table(name, text, format)),
    openFlowThen: ({ uri, atMs }) => {
      // Git takes its time, and says itself what is wrong.
      void world.flowsOfThen.open(uri, atMs);
      return null;
    },
    openSettings: async ({ setting }) => {
      await vscode.commands.executeCommand('workbench.action.openSettings', setting);
      return null;
    },
    showLog: () => {
      log.show(true);
      return null;
    },
    startEngine: () => {
      engine.startAgain();
      return null;
    },
    openExternalHelp: async () => {
      await openGuide(vscode);
      return null;
    },
  };
}
