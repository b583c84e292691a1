import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { Clock } from '../../base/clock.ts';
import type { Event } from '../../base/event.ts';
import { settingsSection } from '../ids.ts';
import { later } from '../later.ts';
import type { Selection } from '../selection.ts';
import type { TracePanel } from '../tracePanel.ts';
import { EditorMarks, type EditorMarksWorld } from './editorMarks.ts';
import { FlowProblems } from './flowProblems.ts';
import { LineValues } from './lineValues.ts';
import { MarginMarks } from './marginMarks.ts';
import { NodeHovers } from './nodeHovers.ts';
import { NodeLenses } from './nodeLenses.ts';
import { nodeSymbols } from './nodeSymbols.ts';
import { stepInEditor } from './stepInEditor.ts';

/** What the editor features need of their world. */
export interface EditorFeaturesWorld extends EditorMarksWorld {
  readonly clock: Clock;
  readonly onDidChangeSource: Event<undefined>;
  readonly panel: Pick<TracePanel, 'isVisible' | 'emit'>;
  readonly selection: EditorMarksWorld['selection'] &
    Pick<Selection, 'onDidChooseStep' | 'way' | 'onDidChangeWay'>;
}

/** Puts together what is shown in the flow file itself. */
export class EditorFeatures implements Disposable {
  readonly marks: EditorMarks;
  private readonly disposables = new Disposables();

  constructor(world: EditorFeaturesWorld) {
    const { vscode, engine, selection, settings, clock, panel } = world;
    const marks = this.disposables.add(new EditorMarks(world));
    this.marks = marks;
    for (const item of [
      new MarginMarks(vscode, marks, settings),
      new NodeLenses(vscode, marks, settings),
      new FlowProblems(vscode, marks, settings),
      new NodeHovers(vscode, engine, marks, settings),
      new LineValues({ vscode, engine, marks, settings, clock }),
      nodeSymbols(vscode, marks),
      stepInEditor({ vscode, engine, marks, selection, settings }),
      world.onDidChangeSource(() => {
        // An execution of the source before is none of this one, whatever its key.
        marks.update();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.editor`)) marks.refresh();
      }),
    ]) {
      this.disposables.add(item);
    }
    // Whoever sees a run grow is shown where it is.
    this.onFirst(
      marks.onDidChange,
      () => marks.all.some((marked) => marked.marks?.execution?.outcome === 'running'),
      ({ runningInEditor }, marked) =>
        runningInEditor({ vscode, marks, selection, settings }, marked),
    );
    // Few break a text, follow a value, or want the cursor to be followed: what does it is read with the first.
    this.onFirst(
      marks.onDidChange,
      () => marks.all.some((marked) => marked.marks?.broken !== undefined),
      ({ brokenText }) => brokenText(vscode, marks),
    );
    this.onFirst(
      selection.onDidChangeWay,
      () => true,
      ({ wayInEditor }) => wayInEditor({ vscode, marks, selection }),
    );
    this.onFirst(
      vscode.window.onDidChangeTextEditorSelection,
      () => settings().followCursor,
      ({ cursorInPanel }, move) =>
        cursorInPanel({ vscode, marks, selection, settings, panel, clock }, move),
    );
  }

  private onFirst<T>(
    event: Event<T>,
    isWanted: () => boolean,
    begin: (bundle: Awaited<ReturnType<typeof later>>, value: T) => Disposable,
  ): void {
    const first = event((value) => {
      if (!isWanted()) return;
      first.dispose();
      void later().then((bundle) => this.disposables.add(begin(bundle, value)));
    });
    this.disposables.add(first);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
