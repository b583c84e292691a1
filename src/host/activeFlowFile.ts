import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Timer } from '../base/timer.ts';
import type { ActiveFlow } from '../protocol/hostProtocol.ts';
import { documentScheme, traceFileViewType } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** Where a graph takes the place of its text, VS Code says first that one is gone, and then that the other is there. */
const goneMs = 100;

/** The flow files whose graphs are editors of their own. */
export interface FlowViews {
  /** The one with the focus. */
  readonly active: string | undefined;
  readonly visible: readonly string[];
}

/** Knows which flow file the reader looks at, as text or as graph, or looked at last while it is still visible. */
export class ActiveFlowFile implements Disposable {
  private readonly vscode: Vscode;
  private readonly nameOf: (uri: string) => string | undefined;
  private readonly disposables = new Disposables();
  private readonly changed: Emitter<ActiveFlow | null>;
  private readonly going: Timer;
  private uri: string | undefined;
  private views: FlowViews = { active: undefined, visible: [] };

  /** `nameOf` gives the name of a flow, empty while it is not known, undefined for what is none. */
  constructor(
    { vscode, clock, log }: { readonly vscode: Vscode; readonly clock: Clock; readonly log: Log },
    nameOf: (uri: string) => string | undefined,
  ) {
    this.vscode = vscode;
    this.nameOf = nameOf;
    this.going = this.disposables.add(new Timer(clock));
    this.changed = this.disposables.add(
      new Emitter<ActiveFlow | null>((error) => {
        log('error', String(error));
      }),
    );
    const update = () => {
      this.update();
    };
    this.disposables.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.disposables.add(vscode.window.onDidChangeVisibleTextEditors(update));
  }

  get onDidChange() {
    return this.changed.event;
  }

  get current(): ActiveFlow | null {
    const { uri } = this;
    const name = uri === undefined ? undefined : this.nameOf(uri);
    if (uri === undefined || name === undefined) return null;
    const fileName = fileNameOf(this.vscode.Uri.parse(uri));
    return { uri, fileName, name: name || fileName };
  }

  /** Graphs that are looked at now. */
  show(views: FlowViews): void {
    this.views = views;
    this.update();
  }

  /** The flow of what has the focus; else one that is visible, so that a click into the panel doesn't lose it. */
  update(force = false): void {
    const next = this.lookedAt();
    this.going.clear();
    if (next === this.uri && !force) return;
    const take = () => {
      this.uri = next;
      this.changed.fire(this.current);
    };
    if (next === undefined && this.current !== null) this.going.set(goneMs, take);
    else take();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private lookedAt(): string | undefined {
    const { activeTextEditor, visibleTextEditors, tabGroups } = this.vscode.window;
    const uriOf = (editor: vscode.TextEditor) => editor.document.uri.toString();
    const isFlow = (uri: string) => this.nameOf(uri) !== undefined;
    const focused = activeTextEditor === undefined ? this.views.active : uriOf(activeTextEditor);
    if (focused !== undefined && isFlow(focused)) return focused;
    const seen = [...visibleTextEditors.map(uriOf), ...this.views.visible].filter(isFlow);
    // What a step had, a comparison and a trace file cover the flow that is looked at. The tab is there before its texts.
    const isCovered = tabGroups.all.some(({ activeTab }) => showsRuns(activeTab?.input));
    if (this.uri !== undefined && isFlow(this.uri) && isCovered) return this.uri;
    return seen.find((uri) => uri === this.uri) ?? seen[0];
  }
}

/** Whether it is a text that we made of a run, or two of them, or the panel of a trace file. */
function showsRuns(input: unknown): boolean {
  const { uri, original, viewType } = (input ?? {}) as {
    readonly uri?: vscode.Uri;
    readonly original?: vscode.Uri;
    readonly viewType?: string;
  };
  return viewType === traceFileViewType || (uri ?? original)?.scheme === documentScheme;
}

/** The last part of a path. */
export function fileNameOf({ path }: vscode.Uri): string {
  return path.split('/').at(-1) ?? '';
}
