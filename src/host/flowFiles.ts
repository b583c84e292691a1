import * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import { looksLikeFlow } from '../flow/looksLikeFlow.ts';
import type { ActiveFlow } from '../protocol/hostProtocol.ts';
import type { EngineClient } from './engineClient.ts';
import { contextKeys } from './ids.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/** The console refuses to import more than 20 MB; nothing larger can be a flow. */
const maxFlowBytes = 20 * 1024 * 1024;
/** A workspace with more candidates is not one of flows; the open files still count. */
const maxCandidates = 2_000;
/** A pause in typing. */
const settleMs = 250;

/** Finds the flow files of the workspace, tells the engine their text, and knows which one is looked at. */
export class FlowFiles implements Disposable {
  private readonly engine: EngineClient;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly settings: () => Settings;
  private readonly disposables = new Disposables();
  private readonly activeEmitter: Emitter<ActiveFlow | null>;
  /** Flow files by uri; the value is the flow's name as the engine knows it, empty before it answered. */
  private readonly known = new Map<string, string>();
  private readonly settling = new Map<string, Disposable>();
  private activeUri: string | undefined;

  constructor(engine: EngineClient, clock: Clock, log: Log, settings: () => Settings) {
    this.engine = engine;
    this.clock = clock;
    this.log = log;
    this.settings = settings;
    this.activeEmitter = this.disposables.add(
      new Emitter<ActiveFlow | null>((error) => {
        log('error', String(error));
      }),
    );
    this.watch();
    for (const document of vscode.workspace.textDocuments) this.look(document);
    this.updateActive();
  }

  get onDidChangeActive() {
    return this.activeEmitter.event;
  }

  /** The flow file that the reader looks at, or looked at last while it is still visible. */
  get active(): ActiveFlow | null {
    if (this.activeUri === undefined) return null;
    const uri = vscode.Uri.parse(this.activeUri);
    const fileName = uri.path.split('/').at(-1) ?? '';
    return { uri: this.activeUri, fileName, name: this.known.get(this.activeUri) || fileName };
  }

  /** Tells a new engine everything: the open documents, then the workspace's files. */
  async sendAll(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (this.known.has(document.uri.toString()))
        await this.send(document.uri, document.getText());
    }
    const { flowInclude, flowExclude } = this.settings();
    if (flowInclude === '') return;
    const files = await vscode.workspace.findFiles(flowInclude, flowExclude, maxCandidates);
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const uri of files) {
      if (!open.has(uri.toString())) await this.readAndSend(uri);
    }
  }

  /** Makes sure that the engine knows the text as it is now, before an offset is used. */
  async flush(uri: string): Promise<void> {
    this.settling.get(uri)?.dispose();
    this.settling.delete(uri);
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (document?.isDirty === true) await this.send(document.uri, document.getText());
  }

  dispose(): void {
    for (const timer of this.settling.values()) timer.dispose();
    this.disposables.dispose();
  }

  private watch(): void {
    const { workspace, window } = vscode;
    const watcher = workspace.createFileSystemWatcher('**/*.{yml,yaml,json}');
    const reread = (uri: vscode.Uri) => {
      if (this.engine.isRunning) void this.readAndSend(uri);
    };
    for (const item of [
      watcher,
      watcher.onDidChange(reread),
      watcher.onDidCreate(reread),
      watcher.onDidDelete((uri) => {
        this.forget(uri.toString());
      }),
      workspace.onDidOpenTextDocument((document) => {
        this.look(document);
        this.updateActive();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.lookSoon(document);
      }),
      window.onDidChangeActiveTextEditor(() => {
        this.updateActive();
      }),
      window.onDidChangeVisibleTextEditors(() => {
        this.updateActive();
      }),
    ]) {
      this.disposables.add(item);
    }
  }

  private lookSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.settling.get(key)?.dispose();
    this.settling.set(
      key,
      this.clock.after(settleMs, () => {
        this.settling.delete(key);
        this.look(document);
        this.updateActive();
      }),
    );
  }

  private look(document: vscode.TextDocument): void {
    const { uri } = document;
    if (uri.scheme !== 'file' && uri.scheme !== 'untitled' && uri.scheme !== 'vscode-remote')
      return;
    const text = document.getText();
    const key = uri.toString();
    if (text.length > maxFlowBytes) {
      this.tellTooLarge(uri, text.length);
      return;
    }
    if (!this.known.has(key) && !looksLikeFlow(text, uri.path)) return;
    if (!this.known.has(key)) this.learn(key);
    if (this.engine.isRunning) void this.send(uri, text);
  }

  private async readAndSend(uri: vscode.Uri): Promise<void> {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > maxFlowBytes) {
        this.tellTooLarge(uri, size);
        return;
      }
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      if (!this.known.has(uri.toString()) && !looksLikeFlow(text, uri.path)) return;
      await this.send(uri, text);
    } catch (error) {
      this.log('debug', `${uri.path} can't be read as a flow file: ${String(error)}`);
    }
  }

  private tellTooLarge(uri: vscode.Uri, size: number): void {
    const megabytes = (size / 1024 / 1024).toFixed(1);
    this.log(
      'info',
      `${uri.path} is no flow file: it has ${megabytes} MB, the console takes 20 MB`,
    );
  }

  private async send(uri: vscode.Uri, text: string): Promise<void> {
    const key = uri.toString();
    const fileName = uri.path.split('/').at(-1) ?? '';
    try {
      const info = await this.engine.call('setFlow', { uri: key, fileName, text });
      if (info.kind === 'flow') this.learn(key, info.name);
      else this.forget(key);
    } catch (error) {
      // The engine died meanwhile; its successor is told everything.
      this.log('debug', `${fileName}: ${String(error)}`);
    }
  }

  private learn(key: string, name?: string): void {
    const before = this.known.get(key);
    this.known.set(key, name ?? before ?? '');
    if (before === undefined) this.publish();
    if (before !== this.known.get(key)) this.updateActive(true);
  }

  private forget(key: string): void {
    if (!this.known.delete(key)) return;
    if (this.engine.isRunning)
      void this.engine.call('removeFlow', { uri: key }).catch(() => undefined);
    this.publish();
    this.updateActive();
  }

  private publish(): void {
    const paths = [...this.known.keys()].map((key) => vscode.Uri.parse(key).fsPath);
    void vscode.commands.executeCommand('setContext', contextKeys.flowFiles, paths);
  }

  /** The active editor's flow; else one that is visible, so that a click into the panel doesn't lose it. */
  private updateActive(force = false): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const candidates = [activeTextEditor, ...visibleTextEditors].flatMap((editor) =>
      editor === undefined ? [] : [editor.document.uri.toString()],
    );
    const flows = candidates.filter((uri) => this.known.has(uri));
    const next =
      this.activeUri !== undefined && flows.includes(this.activeUri) && flows[0] !== candidates[0]
        ? this.activeUri
        : flows[0];
    if (next === this.activeUri && !force) return;
    this.activeUri = next;
    this.activeEmitter.fire(this.active);
  }
}
