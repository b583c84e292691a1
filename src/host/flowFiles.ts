import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import type { FlowKeys } from '../flow/genericFlow.ts';
import { flowPattern, looksLikeFlow, maxFlowBytes } from '../flow/looksLikeFlow.ts';
import type { FlowFileOnDisk, FlowOnDisk } from '../protocol/flows.ts';
import type { ActiveFlow } from '../protocol/hostProtocol.ts';
import type { TextVersion } from '../protocol/marks.ts';
import { fileNameOf, type FlowViews } from './activeFlowFile.ts';
import type { EngineClient } from './engineClient.ts';
import type { FlowText } from './flowText.ts';
import { KnownFlows } from './knownFlows.ts';
import { leavesOut } from './leftOut.ts';
import { MovedFolders } from './movedFolders.ts';
import { t } from './l10n.ts';
import type { Settings } from './settings.ts';
import { withQuietProgress } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** A workspace with more candidates is not one of flows; the open files still count. */
const maxCandidates = 2_000;
/** The engine reads so many at a time, so that it is told soon which of them somebody opened meanwhile. */
const batchFiles = 100;
/** A pause in typing. */
const settleMs = 250;
/** Where flow files are; the rest are documents that VS Code or an extension makes up. */
const schemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote']);

/** What flow files need of their world. */
export interface FlowFilesWorld {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call' | 'isRunning' | 'onDidStart'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => Pick<Settings, 'flowInclude' | 'flowExclude' | 'flowKeys'>;
  /** Reads a file that the engine can't. */
  readonly readText: (file: vscode.Uri) => Promise<FlowText>;
}

/** What the engine that runs was told of a file last, or is being told. */
interface Told {
  /** Undefined: what stood on the disk. */
  readonly document: vscode.TextDocument | undefined;
  readonly version: number;
  done: Promise<void>;
}

/** Finds the flow files of the workspace, tells the engine their text, and knows which one is looked at. */
export class FlowFiles implements Disposable {
  private readonly world: FlowFilesWorld;
  private readonly disposables = new Disposables();
  private readonly known: KnownFlows;
  private readonly told = new Map<string, Told>();
  private readonly settling = new Map<string, Disposable>();
  /** Files and folders that went just now. */
  private readonly deleted = new Set<string>();
  private readonly moved: MovedFolders;
  /** Numbers the documents as they were opened: each counts its versions from 1. */
  private readonly lives = new WeakMap<vscode.TextDocument, number>();
  private lastLife = 0;
  private keys: FlowKeys;
  private isLeftOut: (path: string) => boolean;

  constructor(world: FlowFilesWorld) {
    this.world = world;
    const { flowKeys, flowExclude } = world.settings();
    this.keys = flowKeys;
    this.isLeftOut = leavesOut(flowExclude);
    this.known = this.disposables.add(new KnownFlows(world));
    this.moved = this.disposables.add(
      new MovedFolders(world, async () => {
        if (world.engine.isRunning) await this.sendAll();
      }),
    );
    this.watch();
    for (const document of world.vscode.workspace.textDocuments) void this.look(document);
    this.known.activeFile.update();
  }

  get onDidChangeActive() {
    return this.known.activeFile.onDidChange;
  }

  /** Another file is a flow now, or is none any more. */
  get onDidChangeKnown() {
    return this.known.onDidChange;
  }

  /** Whether a file is a flow, as far as is known. */
  isFlow(uri: string): boolean {
    return this.known.has(uri);
  }

  /** What the text of a document is called towards the engine, which tells to which text its places belong. */
  versionOf(document: vscode.TextDocument): TextVersion {
    const life = this.lives.get(document) ?? ++this.lastLife;
    this.lives.set(document, life);
    return { document: life, version: document.version };
  }

  /** The flow file that the reader looks at, or looked at last while it is still visible. */
  get active(): ActiveFlow | null {
    return this.known.activeFile.current;
  }

  /** The graphs of flow files that are looked at. */
  showViews(views: FlowViews): void {
    this.known.activeFile.show(views);
  }

  /** Tells the engine what it doesn't know: the open documents, the workspace's files, and what was open from elsewhere. */
  async sendAll(): Promise<void> {
    const { vscode, settings } = this.world;
    for (const document of vscode.workspace.textDocuments) {
      if (this.known.has(document.uri.toString())) await this.look(document);
    }
    const { flowInclude, flowExclude } = settings();
    const files =
      flowInclude === ''
        ? []
        : await vscode.workspace.findFiles(flowInclude, flowExclude, maxCandidates);
    const wanted = new Set([...files.map((uri) => uri.toString()), ...this.known.uris]);
    const isUntold = (key: string) => !this.told.has(key) && this.documentOf(key) === undefined;
    const closed = [...wanted].filter(isUntold);
    const read = (report: (share: number) => void) =>
      this.readAll(
        closed.map((key) => vscode.Uri.parse(key)),
        report,
      );
    if (closed.length <= batchFiles) await read(() => undefined);
    else await withQuietProgress(vscode, t('Looking for flow files'), read);
  }

  /** Other keys or other files count: everything is read again. */
  async lookAgain(): Promise<void> {
    const { flowKeys, flowExclude } = this.world.settings();
    this.keys = flowKeys;
    this.isLeftOut = leavesOut(flowExclude);
    this.told.clear();
    const { workspace } = this.world.vscode;
    for (const uri of this.known.uris) {
      const isOut = this.isLeftOut(
        workspace.asRelativePath(this.world.vscode.Uri.parse(uri), false),
      );
      if (isOut && this.documentOf(uri) === undefined) this.gone(uri);
    }
    for (const document of workspace.textDocuments) await this.look(document);
    if (this.world.engine.isRunning) await this.sendAll();
  }

  /** Makes sure that the engine knows the text as the editor has it, before an offset is used. */
  async flush(uri: string): Promise<void> {
    this.settling.get(uri)?.dispose();
    this.settling.delete(uri);
    const document = this.documentOf(uri);
    // Not only what is unsaved: an editor that lost the focus may have been saved by that.
    if (document !== undefined) await this.look(document);
  }

  dispose(): void {
    for (const timer of this.settling.values()) timer.dispose();
    this.settling.clear();
    this.disposables.dispose();
  }

  private watch(): void {
    const { vscode, engine } = this.world;
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(flowPattern, false, false, true);
    // Of a folder that goes, comes, or gets another name, nothing is told of the files in it.
    const folders = workspace.createFileSystemWatcher('**', false, true);
    const reread = (uri: vscode.Uri) => {
      if (engine.isRunning && this.isWanted(uri)) void this.readAndSend(uri);
    };
    for (const item of [
      engine.onDidStart(() => {
        // It knows nothing yet.
        this.told.clear();
      }),
      watcher,
      watcher.onDidChange(reread),
      watcher.onDidCreate(reread),
      folders,
      folders.onDidDelete((uri) => {
        this.goneSoon(uri.toString());
      }),
      folders.onDidCreate((uri) => {
        this.moved.cameTo(uri);
      }),
      workspace.onDidOpenTextDocument((document) => {
        void this.look(document);
        this.known.activeFile.update();
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.closed(document);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.lookSoon(document);
      }),
    ]) {
      this.disposables.add(item);
    }
  }

  /** A flow stays one wherever it is; of what is left out none is looked for. */
  private isWanted(uri: vscode.Uri): boolean {
    const path = this.world.vscode.workspace.asRelativePath(uri, false);
    return this.known.has(uri.toString()) || !this.isLeftOut(path);
  }

  /** Once for all that goes at once: of thousands of files each would look through all that are known. */
  private goneSoon(key: string): void {
    this.deleted.add(key);
    if (this.deleted.size > 1) return;
    queueMicrotask(() => {
      const gone = [...this.told.keys(), ...this.known.uris].filter((uri) => this.isDeleted(uri));
      const isFolder = gone.some((uri) => !this.deleted.has(uri));
      this.deleted.clear();
      // What is open is a flow still, to be saved again or not.
      for (const uri of gone) if (this.documentOf(uri) === undefined) this.gone(uri);
      // It may have another name now, under which nothing is told of its files either.
      if (isFolder) void this.moved.search();
    });
  }

  /** With a folder around it, too. */
  private isDeleted(uri: string): boolean {
    for (let at = uri.length; at > 0; at = uri.lastIndexOf('/', at - 1)) {
      if (this.deleted.has(uri.slice(0, at))) return true;
    }
    return false;
  }

  private documentOf(key: string): vscode.TextDocument | undefined {
    const { textDocuments } = this.world.vscode.workspace;
    return textDocuments.find(({ uri }) => uri.toString() === key);
  }

  private lookSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.settling.get(key)?.dispose();
    this.settling.set(
      key,
      this.world.clock.after(settleMs, () => {
        this.settling.delete(key);
        void this.look(document);
        this.known.activeFile.update();
      }),
    );
  }

  /** Tells the engine the text of a flow unless it knows it; resolves when it does. */
  private look(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    const key = uri.toString();
    const before = this.told.get(key);
    if (before?.document === document && before.version === version) return before.done;
    if (!schemes.has(uri.scheme)) return Promise.resolve();
    const text = document.getText();
    if (text.length > maxFlowBytes) {
      this.tellTooLarge(uri.path, text.length);
      return Promise.resolve();
    }
    if (!this.known.has(key) && !this.mayBeFlow(text, uri)) return Promise.resolve();
    if (!this.known.has(key)) this.known.learn(key);
    if (!this.world.engine.isRunning) return Promise.resolve();
    const textVersion = this.versionOf(document);
    return this.tell(key, document, (told) => this.send(uri, text, told, textVersion));
  }

  /** What was typed and not saved is gone with the editor. */
  private closed(document: vscode.TextDocument): void {
    const { uri } = document;
    const key = uri.toString();
    this.settling.get(key)?.dispose();
    this.settling.delete(key);
    if (this.told.get(key)?.document === document) this.told.delete(key);
    if (!this.known.has(key)) return;
    if (uri.scheme === 'untitled') this.gone(key);
    else if (this.world.engine.isRunning) void this.readAndSend(uri);
  }

  /** The text on the disk, unless an editor has another. */
  private readAndSend(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const document = this.documentOf(key);
    if (document !== undefined) return this.look(document);
    if (uri.scheme === 'file') return this.readBatch([uri]);
    return this.tell(key, undefined, (told) => this.readThenSend(uri, told));
  }

  private async readAll(
    uris: readonly vscode.Uri[],
    report: (share: number) => void,
  ): Promise<void> {
    const [onDisk, elsewhere] = [
      uris.filter(({ scheme }) => scheme === 'file'),
      uris.filter(({ scheme }) => scheme !== 'file'),
    ];
    for (let at = 0; at < onDisk.length; at += batchFiles) {
      await this.readBatch(onDisk.slice(at, at + batchFiles));
      report(Math.min(1, (at + batchFiles) / uris.length));
    }
    for (const uri of elsewhere) await this.readAndSend(uri);
  }

  /** Read by the engine: this thread is everybody's, and thousands of files would be felt in it. */
  private readBatch(uris: readonly vscode.Uri[]): Promise<void> {
    const { engine, log, vscode } = this.world;
    const batch = new Map<string, Told>();
    const work = async () => {
      const files = uris.map((uri): FlowFileOnDisk => {
        const key = uri.toString();
        return { uri: key, path: uri.fsPath, isWanted: this.known.has(key) };
      });
      const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
      try {
        const answers = await engine.call('readFlows', { files, folders, keys: this.keys });
        for (const answer of answers) {
          // It was opened meanwhile, or changed again.
          if (this.told.get(answer.uri) === batch.get(answer.uri)) this.tookFromDisk(answer);
        }
      } catch (error) {
        // The engine died meanwhile; its successor is told everything.
        for (const [key, told] of batch) if (this.told.get(key) === told) this.told.delete(key);
        log('debug', `Flow files were not read: ${String(error)}`);
      }
    };
    const done = work();
    for (const uri of uris) {
      const told: Told = { document: undefined, version: 0, done };
      batch.set(uri.toString(), told);
      this.told.set(uri.toString(), told);
    }
    return done;
  }

  private tookFromDisk(answer: FlowOnDisk): void {
    const { vscode, log } = this.world;
    const key = answer.uri;
    const { path } = vscode.Uri.parse(key);
    switch (answer.kind) {
      case 'flow':
        this.known.learn(key, answer.name);
        break;
      case 'notAFlow':
      case 'missing':
        this.gone(key);
        break;
      case 'tooLarge':
        this.tellTooLarge(path, answer.bytes);
        break;
      case 'unreadable':
        log('debug', `${path} can't be read as a flow file: ${answer.detail}`);
    }
  }

  private async readThenSend(uri: vscode.Uri, told: Told): Promise<void> {
    const key = uri.toString();
    // Few have files there.
    const read = await this.world.readText(uri);
    // It was opened meanwhile, or changed again.
    if (this.told.get(key) !== told) return;
    if (read.kind !== 'text') {
      this.tookFromDisk(read);
    } else if (!this.known.has(key) && !this.mayBeFlow(read.text, uri)) this.told.delete(key);
    else await this.send(uri, read.text, told);
  }

  private mayBeFlow(text: string, { path }: vscode.Uri): boolean {
    return looksLikeFlow(text, path, this.keys.identity);
  }

  private tell(
    key: string,
    document: vscode.TextDocument | undefined,
    work: (told: Told) => Promise<void>,
  ): Promise<void> {
    const told: Told = { document, version: document?.version ?? 0, done: Promise.resolve() };
    this.told.set(key, told);
    told.done = work(told);
    return told.done;
  }

  private tellTooLarge(path: string, size: number): void {
    const megabytes = (size / 1024 / 1024).toFixed(1);
    this.world.log(
      'info',
      `${path} is no flow file: it has ${megabytes} MB, the console takes 20 MB`,
    );
  }

  private async send(
    uri: vscode.Uri,
    text: string,
    told: Told,
    version?: TextVersion,
  ): Promise<void> {
    const { engine, log } = this.world;
    const key = uri.toString();
    const fileName = fileNameOf(uri);
    try {
      const info = await engine.call('setFlow', {
        ...{ uri: key, fileName, text },
        ...(version === undefined ? {} : { version }),
        keys: this.keys,
      });
      // An answer to an older text says nothing of the newer one.
      if (this.told.get(key) !== told) return;
      if (info.kind === 'flow') this.known.learn(key, info.name);
      else this.forget(key);
    } catch (error) {
      // The engine died meanwhile; its successor is told everything.
      if (this.told.get(key) === told) this.told.delete(key);
      log('debug', `${fileName}: ${String(error)}`);
    }
  }

  private gone(key: string): void {
    // A file that comes back under this name is told anew.
    this.told.delete(key);
    this.forget(key);
  }

  private forget(key: string): void {
    const { engine } = this.world;
    if (this.known.forget(key) && engine.isRunning) {
      void engine.call('removeFlow', { uri: key }).catch(() => undefined);
    }
  }
}
