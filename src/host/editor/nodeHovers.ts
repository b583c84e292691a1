import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { ask } from '../../protocol/ask.ts';
import type { InspectorContent } from '../../protocol/inspector.ts';
import {
  markedCountsText,
  markedName,
  markedStateText,
  problemRemedies,
  problemText,
} from '../../texts/markTexts.ts';
import { inputText, outputText } from '../copiedValues.ts';
import type { EngineClient } from '../engineClient.ts';
import { commandIds } from '../ids.ts';
import { t } from '../l10n.ts';
import { type BoundCommand, type HoverContent, registerHovers } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';
import { rangeOf } from './ranges.ts';

/** More lines than these cover the code around; the panel has all of it. */
const mostLines = 12;

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
    if (marked?.marks?.execution == null || placed === undefined) return undefined;
    const { execution } = marked.marks;
    const { run } = placed.node;
    const content =
      run === undefined
        ? undefined
        : // Its record may be gone; what is known of it already is shown.
          await ask(this.engine, 'inspect', {
            ...{ key: execution.key, row: run.row, part: 'beginning' },
          }).catch(() => undefined);
    return {
      range: rangeOf(this.vscode, document, placed.idRange),
      title: markedName(placed.node, t),
      lines: this.lines(marked, placed),
      blocks: content === undefined ? [] : blocksOf(content),
      actions: actionsOf(marked, placed, execution.key),
    };
  }

  private lines({ marks }: MarkedDocument, { node }: PlacedNode): string[] {
    const problem = marks?.problem;
    const own = problem?.failing.nodeId === node.nodeId ? problem : null;
    // Where it is among the problems VS Code shows it above this.
    const isAbove = this.settings().problems;
    return [
      markedStateText(node, t),
      markedCountsText(node, t),
      ...(own === null || isAbove ? [] : problemText(own, t).split('\n').slice(0, 3)),
      ...(own === null ? [] : problemRemedies(own, t)),
    ].filter((line) => line !== '');
  }
}

function blocksOf(content: InspectorContent): HoverContent['blocks'] {
  if (content.kind !== 'node') return [];
  const blocks = [
    { label: t('Input'), text: inputText(content) },
    { label: t('Output'), text: outputText(content) },
  ];
  return blocks
    .filter(({ text }) => text !== '{}')
    .map(({ label, text }) => ({ label, text: firstLines(text), language: 'json' }));
}

function firstLines(text: string): string {
  const lines = text.split('\n', mostLines + 1);
  return lines.length > mostLines ? [...lines.slice(0, mostLines), '…'].join('\n') : text;
}

function actionsOf(
  { document }: MarkedDocument,
  { node: { nodeId, run } }: PlacedNode,
  key: string,
): [string, BoundCommand][] {
  const uri = document.uri.toString();
  const show: [string, BoundCommand] = [
    t('Show in Trace Panel'),
    { id: commandIds.selectNode, args: [{ uri, key, nodeId }] },
  ];
  if (run === undefined) return [show];
  const args = [{ executionKey: key, rowKey: run.row }];
  return [
    show,
    [t('Copy Input'), { id: commandIds.copyInput, args }],
    [t('Copy Output'), { id: commandIds.copyOutput, args }],
  ];
}
