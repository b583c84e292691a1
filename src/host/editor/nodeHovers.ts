import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import type { EngineClient } from '../engineClient.ts';
import { later } from '../later.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import { type HoverContent, registerHovers } from './editorSurfaces.ts';
import { rangeOf } from './ranges.ts';

/** What a node got, gave and suffered last, at the pointer on its id. Values are asked for when they are wanted. */
export class NodeHovers implements Disposable {
  private readonly vscode: Vscode;
  private readonly engine: Pick<EngineClient, 'call'>;
  private readonly marks: EditorMarks;
  private readonly settings: () => EditorSettings;
  private readonly registration: Disposable;

  constructor(
    vscode: Vscode,
    engine: Pick<EngineClient, 'call'>,
    marks: EditorMarks,
    settings: () => EditorSettings,
  ) {
    this.vscode = vscode;
    this.engine = engine;
    this.marks = marks;
    this.settings = settings;
    this.registration = registerHovers(vscode, (document, at) => this.hoverAt(document, at));
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async hoverAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<HoverContent | undefined> {
    const marked = this.marks.of(document);
    const offset = document.offsetAt(position);
    const placed = marked?.nodes.find(
      ({ idRange }) => offset >= idRange.start && offset <= idRange.end,
    );
    const settings = this.settings();
    if (marked?.marks?.execution == null || placed === undefined || !settings.hovers)
      return undefined;
    // Most files are read without a hover: what it says is read with the first.
    const { nodeHover } = await later();
    const said = await nodeHover(marked, placed, { engine: this.engine, settings });
    if (said === undefined) return undefined;
    return { range: rangeOf(this.vscode, document, placed.idRange), ...said };
  }
}
