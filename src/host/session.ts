import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import type { ConnectionTest } from '../protocol/hostProtocol.ts';
import { RequestError } from '../protocol/packet.ts';
import type { DroppedFile } from '../sources/files/spec.ts';
import type { ConnectionForm } from '../sources/kafka/spec.ts';
import { isKept, isLive, type LiveKind, traitsOf } from '../sources/table.ts';
import type { EngineClient } from './engineClient.ts';
import { flowChoices, rememberFlow } from './flowChoices.ts';
import type { FlowFiles } from './flowFiles.ts';
import { HeapCaution, readCautiously } from './heapCaution.ts';
import { contextKeys } from './ids.ts';
import {
  connectionOf,
  type ConnectWorld,
  rememberedForm,
  rememberedForms,
  requireTrust,
} from './kafkaForm.ts';
import type { LedgerFiles } from './ledgerFiles.ts';
import type { Log } from '../base/log.ts';
import { withHeaders } from './otlpHeaders.ts';
import { RecentSources, type Remembered } from './recentSources.ts';
import {
  begin,
  lastConnection,
  type OfferedConnection,
  offeredConnections,
} from './sourceTable.ts';
import type { FilesWatch } from './watchedFiles.ts';

/** What the session needs of its world. */
export interface SessionWorld extends ConnectWorld {
  readonly engine: EngineClient;
  readonly flowFiles: FlowFiles;
  readonly workspaceState: vscode.Memento;
  readonly ledger: LedgerFiles;
  /** Where the history of what ran is kept. */
  readonly historyFolder: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Says when a file that is read is no longer what was read. */
  readonly filesWatch: FilesWatch;
}

/** Which source is read: opens it, remembers it, and opens it again for a new engine. */
export class Session implements Disposable {
  private readonly world: SessionWorld;
  private readonly disposables = new Disposables();
  private readonly sources: RecentSources;
  private readonly changed: Emitter<undefined>;
  private readonly caution = new HeapCaution();
  /** The engine was started for less than it may read now: what is opened next gets another. */
  private isEngineSmall = false;
  private spec: SourceSpec | undefined;
  /** The same, and after a Disconnect what it was. */
  private lastOpened: SourceSpec | undefined;
  /** What the running engine was told to read. */
  private opened: SourceSpec | undefined;
  private startedMs = 0;
  /** Resolves when the running engine knows its settings and its source. */
  private told: Promise<void> = Promise.resolve();

  constructor(world: SessionWorld) {
    this.world = world;
    const { engine, log, ledger, workspaceState, filesWatch } = world;
    this.disposables.add(filesWatch);
    this.sources = new RecentSources(workspaceState);
    this.disposables.add(
      engine.on('flowChosen', (choice) => void rememberFlow(workspaceState, choice)),
    );
    this.changed = this.disposables.add(
      new Emitter<undefined>((error) => {
        log('error', String(error));
      }),
    );
    this.disposables.add(
      engine.onDidStart(() => {
        this.startedMs = this.world.clock.now();
        this.isEngineSmall = false;
        this.told = this.tellEverything().catch((error: unknown) => {
          log('error', `The engine could not be told its settings: ${String(error)}`);
        });
      }),
    );
    this.disposables.add(
      engine.onDidLose((loss) => {
        this.caution.lost(loss, this.world.clock.now() - this.startedMs);
      }),
    );
    this.disposables.add(
      engine.on('ledger', (data) => {
        ledger.keep(data);
      }),
    );
    this.disposables.add(
      engine.on('log', ({ level, message }) => {
        log(level, message);
      }),
    );
  }

  get hasSource(): boolean {
    return this.spec !== undefined;
  }

  /** Whose executions there are: what is read or, once it was disconnected, what was read last. */
  get shown(): SourceSpec | undefined {
    return this.lastOpened;
  }

  /** Another source is read, or none any more. */
  get onDidChangeSource() {
    return this.changed.event;
  }

  /** The sources read before, the one read last first. */
  get recent(): readonly Remembered[] {
    return this.sources.all;
  }

  /** What is read now, where it can be opened again. */
  get current(): Remembered | undefined {
    return this.spec !== undefined && isKept(this.spec.kind) ? this.sources.last : undefined;
  }

  /** Behind an opened file: the live source that was read before it. */
  get back(): (Remembered & { readonly kind: LiveKind }) | undefined {
    if (this.spec === undefined || isLive(this.spec)) return undefined;
    return this.recent.find(isLive);
  }

  /** The connect form as remembered: of the connection that was read last. */
  form(): Promise<ConnectionForm> {
    return rememberedForm(this.world, lastConnection(this.recent));
  }

  /** The forms of all connections: the default one first. */
  forms(): Promise<readonly ConnectionForm[]> {
    return rememberedForms(this.world);
  }

  /** The connections to choose from: the default one first; none where no connection has a name. */
  get connections(): readonly OfferedConnection[] {
    return offeredConnections(this.world);
  }

  /** Goes on with what was read last, in the background; false when there is nothing to go on with. */
  resumeLast(): boolean {
    const { settings, log, vscode, filesWatch } = this.world;
    filesWatch.tell();
    const remembered = this.sources.last;
    if (this.hasSource || remembered === undefined || !settings().connectOnOpen) return false;
    if (traitsOf(remembered.kind).needsTrust && !vscode.workspace.isTrusted) return false;
    this.reopen(remembered).catch((error: unknown) => {
      log('error', `The last source could not be opened: ${String(error)}`);
    });
    return true;
  }

  /** Connects as the form says and remembers it; a new password goes to the secret storage. */
  async connect(form: ConnectionForm, password?: string): Promise<void> {
    requireTrust(this.world);
    if (password !== undefined) {
      await this.world.credentials.remember(form.brokers, form.username, password);
    }
    // With a name it is read as the settings have it.
    if (form.mark !== undefined) await this.world.rememberForm(form);
    await this.reopen({ kind: 'kafka', form });
  }

  async testConnection(form: ConnectionForm, password?: string): Promise<ConnectionTest> {
    const connection = await connectionOf(this.world, form, password);
    return this.world.engine.call('testConnection', { connection, topic: form.topic.trim() });
  }

  playSample(): Promise<void> {
    return this.reopen({ kind: 'sample' });
  }

  openFiles(paths: readonly string[]): Promise<void> {
    return this.reopen({ kind: 'files', paths });
  }

  /** Opens what can't be opened again. */
  async openContents(files: readonly DroppedFile[]): Promise<void> {
    await this.open({ kind: 'contents', files });
    this.changed.fire(undefined);
  }

  /** Opens a source that was read before, or one that is asked for in the same words, and remembers it. */
  async reopen(remembered: Remembered): Promise<void> {
    const { spec, kept } = await begin(remembered, this.world);
    await this.open(spec);
    await this.remember(kept);
  }

  /** Reads what is read from its beginning. */
  async readAgain(): Promise<void> {
    if (this.spec !== undefined) await this.open({ ...this.spec });
  }

  async disconnect(): Promise<void> {
    const { engine, filesWatch } = this.world;
    this.setSpec(undefined);
    void filesWatch.watch([]);
    const wasCautious = this.caution.forget();
    this.isEngineSmall ||= wasCautious;
    await this.remember(undefined);
    if (!engine.isRunning) return;
    await engine.call('closeSource', null);
    // The caution was for what is read no more, and the panel tells of it until the engine hears so.
    if (wasCautious) await this.configure();
  }

  async pause(): Promise<void> {
    await this.world.engine.call('pause', null);
  }

  async resume(): Promise<void> {
    await this.world.engine.call('resume', null);
  }

  /** Reads files no further; what was read stays. */
  async endReading(): Promise<void> {
    await this.world.engine.call('endReading', null);
  }

  /** Sends the settings again after they changed. */
  async configure(): Promise<void> {
    const { engine, settings, vscode, historyFolder: folder } = this.world;
    // Read first: settings that are older than those told already must not follow them. Without an endpoint as well:
    // only when a source is opened it can be told whether its topic is the one that was counted before.
    const ledger = await this.world.ledger.read();
    const { storeBytes, stalledAfterMs, otlp, largeValues, redaction } = settings();
    const { skipDamagedBatches, history, minutesByHand } = settings();
    // An address from the settings, or the records, of an untrusted folder must not be sent anything.
    const { isTrusted } = vscode.workspace;
    const caution = this.caution.of(this.spec, storeBytes);
    await engine.call('configure', {
      storeBytes,
      stalledAfterMs,
      skipDamagedBatches,
      minutesByHand,
      marksFolder: `${folder}/marks`,
      flowChoices: flowChoices(this.world.workspaceState),
      otlp: isTrusted ? await withHeaders(otlp, this.world.credentials) : null,
      ledger,
      largeValues: isTrusted ? largeValues : null,
      history: isTrusted && history !== null ? { folder, ...history } : null,
      redaction: { ...redaction, allowReveal: redaction.allowReveal && isTrusted },
      ...(caution === undefined ? {} : { caution }),
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async open(spec: SourceSpec): Promise<void> {
    const { engine, settings } = this.world;
    this.lastOpened = spec;
    this.setSpec(spec);
    // Whoever opens something wants an engine, also where it was given up; its pauses are waited for.
    const wasCautious = this.caution.forget() || this.isEngineSmall;
    if (engine.loss?.comesBack === false) engine.startAgain();
    // The next one has as much room as the settings say by now, and reads as much.
    else if (wasCautious) await engine.restart();
    engine.start();
    if (!engine.isRunning) return;
    // An engine that has just been started opens the session's source by itself.
    await this.told;
    if (this.opened === spec || this.spec !== spec) return;
    try {
      // Another window may have counted of it since the engine was told.
      if (traitsOf(spec.kind).isCounted && settings().otlp !== null) await this.configure();
      if (this.opened !== spec && this.spec === spec) await this.openNow(spec);
    } catch (error) {
      // So will the next one, and that this one died is told already.
      if (!(error instanceof RequestError) || error.reason !== 'engineLost') throw error;
    }
  }

  private setSpec(spec: SourceSpec | undefined): void {
    this.spec = spec;
    void this.world.vscode.commands.executeCommand('setContext', contextKeys.source, spec?.kind);
  }

  private async openNow(spec: SourceSpec): Promise<void> {
    this.opened = spec;
    await this.world.filesWatch.watch('paths' in spec ? spec.paths : []);
    // Meanwhile something else may have been opened, or nothing be wanted any more.
    if (this.opened !== spec || this.spec !== spec) return;
    const caution = this.caution.of(spec, this.world.settings().storeBytes);
    const read = readCautiously(spec, caution);
    await this.world.engine.call('openSource', { spec: read, keep: false });
  }

  private async tellEverything(): Promise<void> {
    const { flowFiles, log } = this.world;
    this.opened = undefined;
    await this.configure();
    if (this.spec !== undefined) await this.openNow(this.spec);
    // Behind the source: executions are on the screen before the last flow file of a large workspace.
    flowFiles.sendAll().catch((error: unknown) => {
      log('warn', `The flow files could not be read: ${String(error)}`);
    });
  }

  private async remember(remembered: Remembered | undefined): Promise<void> {
    await this.sources.remember(remembered);
    this.changed.fire(undefined);
  }
}
