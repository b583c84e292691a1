import type * as vscode from 'vscode';
import { Disposables, type Disposable } from '../base/disposable.ts';
import { hasCode } from '../base/hasCode.ts';
import type { Log } from '../base/log.ts';
import { ask } from '../protocol/ask.ts';
import type { FileState, HostEvents } from '../protocol/hostProtocol.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import type { SourceError } from '../record/recordSource.ts';
import type { KeptFlow } from '../sources/files/traceFileHead.ts';
import type { EngineClient } from './engineClient.ts';
import { t } from './l10n.ts';
import type { PanelSession } from './panelHandlers.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Settings } from './settings.ts';
import { traceFileHeadOf } from './traceFileHeadOf.ts';
import type { Vscode } from './vscode.ts';
import { WatchedFile } from './watchedFile.ts';

/** What the session of a trace file needs of its world. */
export interface TraceFileWorld {
  readonly vscode: Vscode;
  /** One of the file's own. */
  readonly engine: EngineClient;
  readonly documents: Pick<ReadOnlyDocuments, 'hold'>;
  readonly settings: () => Settings;
  readonly log: Log;
  /** The file is no longer what was read, or is again. */
  readonly onFile: (file: HostEvents['traceFile']) => void;
}

/** So often is a file that shows nothing read again by itself: one that is written without end is left to the reader. */
const mostByItself = 20;

/** Flow files of the workspace that are looked through where the trace file has none of its own. */
const mostFlowFiles = 500;

/** Reads one trace file, wherever it lies, into an engine of its own: what the window reads goes on beside it. */
export class TraceFileSession implements PanelSession, Disposable {
  readonly hasSource = true;
  readonly back = undefined;
  private readonly world: TraceFileWorld;
  private readonly uri: vscode.Uri;
  private readonly disposables = new Disposables();
  private readonly file: WatchedFile;
  private flows: readonly (Disposable & { readonly uri: vscode.Uri })[] = [];
  private spec: SourceSpec | undefined;
  private held: Uint8Array | undefined;
  /** The editor was closed, maybe while the file was read: nobody lets go of what is taken then, or waits for it. */
  private isDisposed = false;
  private changes = 0;
  /** How often it was read by itself since it last held something, and whether it is just now. */
  private tries = 0;
  private isTrying = false;

  constructor(world: TraceFileWorld, uri: vscode.Uri) {
    this.world = world;
    this.uri = uri;
    this.file = this.disposables.add(
      new WatchedFile(world.vscode, uri, (state) => {
        void this.changed(state);
      }),
    );
    this.disposables.add(
      world.engine.onDidStart(() => {
        void this.read();
      }),
    );
  }

  /** What is read, once it is. */
  get shown(): SourceSpec | undefined {
    return this.spec;
  }

  private get name(): string {
    return this.uri.path.split('/').at(-1) ?? this.uri.path;
  }

  resumeLast(): boolean {
    this.world.engine.start();
    // Of a page that was hidden nobody knows what it was told.
    this.file.tell();
    return true;
  }

  async readAgain(): Promise<void> {
    this.tries = 0;
    this.held = undefined;
    await this.read();
  }

  form() {
    return Promise.resolve({ ...this.world.settings().connection, hasPassword: false });
  }

  async forms() {
    return [await this.form()];
  }

  readonly connect = refuse;
  readonly testConnection = refuse;
  readonly playSample = refuse;
  readonly openFiles = refuse;
  readonly openContents = refuse;
  readonly reopen = refuse;
  readonly disconnect = refuse;

  dispose(): void {
    this.isDisposed = true;
    this.disposables.dispose();
    this.letGo();
  }

  /** The page says it; of a file that shows nothing there is nothing to keep, and it is read instead. */
  private async changed(state: FileState): Promise<void> {
    // That it is what was read again is told by reading it, and is no news to who just does.
    const change = state === 'same' && this.isTrying ? this.changes : ++this.changes;
    const isTried = state === 'changed' && (this.isTrying || (await this.hasNothing()));
    // What is told later is newer.
    if (change !== this.changes || this.isDisposed) return;
    if (!isTried || this.tries >= mostByItself) this.world.onFile({ name: this.name, state });
    else if (!this.isTrying) await this.tryAgain();
  }

  private async tryAgain(): Promise<void> {
    this.isTrying = true;
    let change: number;
    do {
      change = this.changes;
      this.tries++;
      this.held = undefined;
      await this.read();
      // Written while it was read.
    } while (change !== this.changes && this.tries < mostByItself && (await this.hasNothing()));
    this.isTrying = false;
    // What holds something now was written on all the same.
    if (change !== this.changes) this.file.tell();
  }

  /** It could not be read, or holds no execution. */
  private async hasNothing(): Promise<boolean> {
    if (this.spec === undefined) return true;
    const status = await ask(this.world.engine, 'status', null).catch(() => null);
    // What goes on being read has nothing yet either.
    const isEmpty = status?.state.kind === 'failed' || status?.storedExecutions === 0;
    if (!isEmpty) this.tries = 0;
    return isEmpty;
  }

  private async read(): Promise<void> {
    try {
      await this.tellEverything();
    } catch (error) {
      await this.failed(error);
    }
  }

  private async tellEverything(): Promise<void> {
    const { engine, vscode, settings } = this.world;
    const { storeBytes, stalledAfterMs, largeValues, redaction, minutesByHand } = settings();
    const { isTrusted } = vscode.workspace;
    await engine.call('configure', {
      ...{ storeBytes, stalledAfterMs, minutesByHand },
      // Nothing of a file is counted, or kept in the history.
      ...{ otlp: null, ledger: {}, history: null },
      largeValues: isTrusted ? largeValues : null,
      redaction: { ...redaction, allowReveal: redaction.allowReveal && isTrusted },
    });
    // What was read stays there, though an engine died, and whatever became of the file.
    const bytes = (this.held ??= await this.file.read());
    const { flows = [], known = null } = (await traceFileHeadOf(bytes)) ?? {};
    if (this.isDisposed) return;
    await this.tellFlows(flows);
    await engine.call('tellKnown', { known });
    this.spec = { kind: 'contents', files: [{ name: this.name, bytes }] };
    await engine.call('openSource', { spec: this.spec, keep: false });
    if (flows.length === 0) await this.tellFlowsOfWorkspace();
  }

  /** The page says it, as of a file that the engine can't read: with its name, and without what was read of it before. */
  private async failed(error: unknown): Promise<void> {
    if (this.isDisposed) return;
    const { engine, log } = this.world;
    const { uri, name } = this;
    log('error', `${name} could not be opened: ${messageOf(error)}`);
    this.spec = undefined;
    const subject = uri.scheme === 'file' ? uri.fsPath : name;
    const spec: SourceSpec = {
      kind: 'contents',
      files: [{ name, error: { subject, ...whyUnread(error) } }],
    };
    // An engine that died is started again, and reads again.
    await engine.call('openSource', { spec, keep: false }).catch(() => undefined);
  }

  /** As the runs had them. What is kept of them is opened where a step is looked for. */
  private async tellFlows(flows: readonly KeptFlow[]): Promise<void> {
    const { engine, documents, settings } = this.world;
    this.letGo();
    this.flows = flows.map(({ name, text }) => documents.hold(name, text));
    const keys = settings().flowKeys;
    for (const [index, { name, text }] of flows.entries()) {
      const uri = this.flows[index]?.uri.toString() ?? name;
      await engine.call('setFlow', { uri, fileName: name, text, keys });
    }
  }

  private async tellFlowsOfWorkspace(): Promise<void> {
    const { engine, vscode, settings } = this.world;
    const { flowInclude, flowExclude, flowKeys: keys } = settings();
    if (flowInclude === '') return;
    const found = await vscode.workspace.findFiles(flowInclude, flowExclude, mostFlowFiles);
    const files = found
      .filter(({ scheme }) => scheme === 'file')
      .map((uri) => ({ uri: uri.toString(), path: uri.fsPath, isWanted: false }));
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    await engine.call('readFlows', { files, folders, keys });
  }

  private letGo(): void {
    for (const flow of this.flows) flow.dispose();
    this.flows = [];
  }
}

/** Its page offers none of it. */
function refuse(): Promise<never> {
  return Promise.reject(new Error(t('This editor shows one trace file. Use the trace panel.')));
}

/** VS Code's own names for what Node says; other file systems have no more than them. */
const nodeCodes = { NoPermissions: 'EACCES', FileIsADirectory: 'EISDIR' } as const;

function whyUnread(error: unknown): Pick<SourceError, 'reason' | 'detail'> {
  // Node's message, which VS Code has as a text.
  const detail = messageOf(error).replace(/^Error: /, '');
  if (hasCode(error, 'FileNotFound')) return { reason: 'fileNotFound', detail };
  const [, node] = Object.entries(nodeCodes).find(([code]) => hasCode(error, code)) ?? [];
  return { reason: 'fileUnreadable', detail: node === undefined ? detail : `${node}: ${detail}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
