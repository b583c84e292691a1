import { type Disposable, Disposables } from '../base/disposable.ts';
import type { EngineClient } from './engineClient.ts';
import { tellEngineLoss } from './engineLossNotice.ts';
import type { FlowFiles } from './flowFiles.ts';
import { HistoryNotices } from './historyNotices.ts';
import { settingsSection } from './ids.ts';
import type { Log } from '../base/log.ts';
import { Notice } from './notice.ts';
import type { Notifications } from './notifications.ts';
import { markedExecution, readEditorSettings } from './editor/editorSettings.ts';
import type { Selection } from './selection.ts';
import type { Session } from './session.ts';
import { ReadProgress } from './readProgress.ts';
import { liveSource } from './recentSources.ts';
import type { Settings } from './settings.ts';
import type { StatusBar } from './statusBar.ts';
import { later } from './later.ts';
import type { TopicNews } from './topicNews.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

/** Who listens to whom. */
export function connectEvents(world: {
  readonly vscode: Vscode;
  readonly engine: EngineClient;
  readonly flowFiles: FlowFiles;
  readonly session: Session;
  readonly panel: TracePanel;
  readonly notifications: Notifications;
  readonly statusBar: StatusBar;
  readonly settings: () => Settings;
  readonly selection: Selection;
  readonly log: Log;
}): Disposable {
  const { vscode, engine, flowFiles, session, panel, notifications, statusBar, settings, log } =
    world;
  const disposables = new Disposables();
  const tellConnection = () => {
    Promise.all([session.form(), session.forms()]).then(
      ([form, forms]) => {
        panel.emitToAll('connection', form);
        panel.emitToAll('connections', forms);
      },
      (error: unknown) => {
        log('warn', String(error));
      },
    );
  };
  const tellSettings = () => {
    if (!engine.isRunning) return;
    session.configure().catch((error: unknown) => {
      log('warn', `The new settings did not reach the engine: ${String(error)}`);
    });
  };
  const tellMarked = () => {
    const settings = readEditorSettings(vscode);
    panel.emitToAll('markedExecution', markedExecution(settings, world.selection));
  };
  disposables.add(world.selection.onDidChange(tellMarked));
  disposables.add(
    engine.on('redactionProblem', (problem) => {
      void later().then((bundle) => bundle.tellRedactionProblem(vscode, problem, log));
    }),
  );
  // Few ever read of it.
  let topicNews: Promise<TopicNews> | undefined;
  disposables.add(
    engine.on('topicNews', (news) => {
      topicNews ??= later().then((bundle) => new bundle.TopicNews(vscode));
      void topicNews.then((told) => {
        told.take(news);
      });
    }),
  );
  const historyNotices = new HistoryNotices(vscode);
  disposables.add(
    engine.on('historyNews', ({ news }) => {
      void historyNotices.take(news);
    }),
  );
  const lossNotice = new Notice(vscode);
  const readProgress = disposables.add(
    new ReadProgress(vscode, () => {
      session.endReading().catch((error: unknown) => {
        log('warn', String(error));
      });
    }),
  );
  disposables.add(
    engine.on('state', ({ source, state }) => {
      statusBar.update(source, state);
      readProgress.update(source, state);
    }),
  );
  disposables.add(
    session.onDidChangeSource(() => {
      panel.emitToAll('back', liveSource(session.back));
      tellMarked();
      tellConnection();
    }),
  );
  disposables.add(
    engine.on('failed', (failed) => {
      notifications.take(failed);
    }),
  );
  disposables.add(
    engine.on('resolved', (resolved) => {
      notifications.takeResolved(resolved);
    }),
  );
  disposables.add(
    engine.onDidLose((loss) => {
      statusBar.engineLost(loss);
      readProgress.end();
      if (!loss.comesBack) void tellEngineLoss(vscode, loss, engine, lossNotice);
    }),
  );
  disposables.add(
    engine.onDidStart(() => {
      // What an engine read that was replaced is told of no more.
      readProgress.end();
      statusBar.engineStarted(session.hasSource);
      lossNotice.putAside();
    }),
  );
  disposables.add(
    panel.onDidChangeFlowViews((views) => {
      flowFiles.showViews(views);
    }),
  );
  disposables.add(
    flowFiles.onDidChangeActive((flow) => {
      panel.emitToAll('activeFlow', flow);
    }),
  );
  disposables.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      panel.emitToAll('trusted', true);
      tellSettings();
    }),
  );
  disposables.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      const isLeftOut = ['files.exclude', 'search.exclude'].some((one) =>
        change.affectsConfiguration(one),
      );
      if (isLeftOut || change.affectsConfiguration(`${settingsSection}.flow`))
        void flowFiles.lookAgain();
      if (!change.affectsConfiguration(settingsSection)) return;
      panel.emitToAll('followLatest', settings().followLatest);
      tellMarked();
      tellConnection();
      tellSettings();
    }),
  );
  return disposables;
}
