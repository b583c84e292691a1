import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import type { Log } from '../../base/log.ts';
import type { OffsetRange } from '../../flow/flowDocument.ts';
import type { NodeLocation } from '../../protocol/flows.ts';
import type { SentMarks } from '../../protocol/marks.ts';
import { unpackNodes } from '../../protocol/packedNodes.ts';
import { type WatchedQuestion, Watcher } from '../../protocol/watcher.ts';
import type { EngineClient } from '../engineClient.ts';
import type { FlowFiles } from '../flowFiles.ts';
import type { Selection } from '../selection.ts';
import type { Vscode } from '../vscode.ts';
import { type EditorSettings, markedExecution } from './editorSettings.ts';
import { MarkedDocument } from './markedDocument.ts';

/** What marks need of their world. */
export interface EditorMarksWorld {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call' | 'on' | 'onDidStart' | 'isRunning'>;
  readonly flowFiles: Pick<FlowFiles, 'isFlow' | 'onDidChangeKnown' | 'versionOf'>;
  readonly selection: Pick<Selection, 'key' | 'onDidChange'>;
  readonly settings: () => EditorSettings;
  readonly log: Log;
}

/** Flow files that are open at once; each is asked for anew whenever something of its flow ran. */
const mostDocuments = 12;

/** A question that is asked for one document after the other. */
interface Slot {
  readonly question: WatchedQuestion<'marks'>;
  marked: MarkedDocument | undefined;
  /** What was asked last; undefined where it is to be asked anew. */
  asked: string | undefined;
}

/**
 * What happened at the nodes of the flow files that are open, kept in step with what is typed into them. Starts no
 * engine: without one nothing ran.
 */
export class EditorMarks implements Disposable {
  private readonly world: EditorMarksWorld;
  private readonly disposables = new Disposables();
  private readonly changed: Emitter<MarkedDocument>;
  private readonly gone: Emitter<MarkedDocument>;
  private readonly watcher: Watcher;
  private readonly slots: readonly Slot[];

  constructor(world: EditorMarksWorld) {
    this.world = world;
    const onError = (error: unknown) => {
      world.log('error', String(error));
    };
    this.changed = this.disposables.add(new Emitter<MarkedDocument>(onError));
    this.gone = this.disposables.add(new Emitter<MarkedDocument>(onError));
    this.watcher = new Watcher(world.engine, `editor ${randomUUID()}`);
    this.slots = Array.from({ length: mostDocuments }, (_, index) => this.slot(index));
    this.listen();
    this.update();
  }

  /** The marks of a document changed, by what ran or by another reading of its text; not by what is typed. */
  get onDidChange() {
    return this.changed.event;
  }

  /** A document has no marks any more. */
  get onDidEnd() {
    return this.gone.event;
  }

  of(document: vscode.TextDocument): MarkedDocument | undefined {
    return this.all.find((marked) => marked.document === document);
  }

  /** Where a node stands that the engine has the place of in an earlier text; undefined where that is not known better. */
  placeNow(
    document: vscode.TextDocument,
    { nodeId, idRange, place, version }: NodeLocation,
  ): OffsetRange | undefined {
    const now = this.world.flowFiles.versionOf(document).version;
    if (version === undefined || version.version === now || place !== undefined) return undefined;
    const far = (placed: OffsetRange) => Math.abs(placed.start - idRange.start);
    const nodes = this.of(document)?.nodes.filter(({ node }) => node.nodeId === nodeId) ?? [];
    return nodes.map((placed) => placed.idRange).sort((a, b) => far(a) - far(b))[0];
  }

  get all(): readonly MarkedDocument[] {
    return this.slots.flatMap(({ marked }) => marked ?? []);
  }

  /** Asks again for all: what is meant changed with the settings or the selection. */
  update(): void {
    const wanted = new Set(this.wanted());
    for (const slot of this.slots) {
      const { marked } = slot;
      if (marked === undefined || wanted.has(marked.document)) continue;
      slot.marked = undefined;
      slot.asked = undefined;
      slot.question.end();
      this.gone.fire(marked);
    }
    for (const document of wanted) {
      const slot =
        this.slots.find(({ marked }) => marked?.document === document) ??
        this.slots.find(({ marked }) => marked === undefined);
      if (slot === undefined) continue;
      slot.marked ??= new MarkedDocument(document, this.world.flowFiles.versionOf(document));
      void this.ask(slot, slot.marked);
    }
  }

  /** Something beside the marks decides how they are shown, and is another now. */
  refresh(): void {
    this.update();
    for (const marked of this.all) this.changed.fire(marked);
  }

  dispose(): void {
    for (const { question, marked } of this.slots) if (marked !== undefined) question.end();
    this.disposables.dispose();
  }

  private listen(): void {
    const { vscode, engine, flowFiles, selection } = this.world;
    const { workspace } = vscode;
    const update = () => {
      this.update();
    };
    for (const item of [
      engine.on('pushed', (pushed) => {
        this.watcher.receive(pushed);
      }),
      engine.onDidStart(() => {
        this.watcher.engineChanged();
        for (const slot of this.slots) slot.asked = undefined;
        this.update();
      }),
      flowFiles.onDidChangeKnown(update),
      selection.onDidChange(update),
      vscode.window.onDidChangeVisibleTextEditors(update),
      workspace.onDidOpenTextDocument(update),
      workspace.onDidCloseTextDocument(update),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.of(document)?.edited(contentChanges);
      }),
    ]) {
      this.disposables.add(item);
    }
  }

  private wanted(): readonly vscode.TextDocument[] {
    const { vscode, flowFiles, settings } = this.world;
    if (settings().marks === 'off') return [];
    const flows = vscode.workspace.textDocuments.filter(
      (document) => !document.isClosed && flowFiles.isFlow(document.uri.toString()),
    );
    // Those that are seen, and of the others those opened last.
    const seen = vscode.window.visibleTextEditors.map(({ document }) => document);
    return flows
      .reverse()
      .sort((a, b) => Number(seen.includes(b)) - Number(seen.includes(a)))
      .slice(0, mostDocuments);
  }

  private slot(index: number): Slot {
    const question = this.watcher.question(`marks ${index}`, 'marks', (result, { uri }) => {
      if (result.ok && slot.marked?.document.uri.toString() === uri) {
        this.take(slot.marked, result.value);
      }
    });
    const slot: Slot = { question, marked: undefined, asked: undefined };
    return slot;
  }

  private async ask(slot: Slot, marked: MarkedDocument): Promise<void> {
    const { engine, selection, settings, log } = this.world;
    const uri = marked.document.uri.toString();
    const execution = markedExecution(settings(), selection);
    const asked = JSON.stringify([uri, execution]);
    if (!engine.isRunning || slot.asked === asked) return;
    slot.asked = asked;
    try {
      const marks = await slot.question.ask({ uri, execution });
      if (marks !== null && slot.marked === marked) this.take(marked, marks);
    } catch (error) {
      if (slot.asked === asked) slot.asked = undefined;
      log('debug', `Marks of ${uri}: ${String(error)}`);
    }
  }

  private take(marked: MarkedDocument, marks: SentMarks): void {
    marked.take({ ...marks, nodes: unpackNodes(marks.nodes) });
    this.changed.fire(marked);
  }
}
