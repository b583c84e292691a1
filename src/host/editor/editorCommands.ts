import { isFailed } from '../../texts/markTexts.ts';
import type { OpensFlowThen } from '../opensFlowThen.ts';
import { commandIds } from '../ids.ts';
import { t } from '../l10n.ts';
import { later } from '../later.ts';
import type { TextEditors } from '../textEditors.ts';
import type { TracePanel } from '../tracePanel.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { MarkedDocument } from './markedDocument.ts';
import { rangeOf, reveal } from './ranges.ts';

/** What the commands of marks act on. */
export interface EditorCommandsWorld {
  readonly vscode: Vscode;
  readonly marks: EditorMarks;
  readonly panel: TracePanel;
  readonly editors: TextEditors;
  readonly flowsOfThen: OpensFlowThen;
}

/** The commands of lenses, hovers and problems, which get ids and nothing else; and those that go from failure to failure. */
export function editorCommands(world: EditorCommandsWorld) {
  const { vscode, marks, panel } = world;
  const markedOf = (args: unknown) => {
    const uri = text(args, 'uri');
    return marks.all.find(({ document }) => document.uri.toString() === uri);
  };
  return {
    [commandIds.selectNode]: (args: unknown) => {
      const [key, nodeId] = [text(args, 'key'), text(args, 'nodeId')];
      if (key === '') return;
      panel.show(true);
      panel.emit('select', { key, nodeId, rowKey: null });
    },
    [commandIds.copyProblem]: async (args: unknown) => {
      const problem = markedOf(args)?.marks?.problem ?? null;
      if (problem === null) return;
      const { problemText } = await later();
      await vscode.env.clipboard.writeText(problemText(problem, t));
    },
    [commandIds.openFormattedCopy]: async (args: unknown) => {
      const marked = markedOf(args);
      if (marked === undefined) return;
      const { formattedCopy } = await later();
      await formattedCopy(vscode, marked.document);
    },
    [commandIds.openFlowThen]: async (args: unknown) => {
      const { current } = world.editors;
      const marked = markedOf(args) ?? (current && marks.of(current.document));
      const atMs = marked?.marks?.execution?.beginMs ?? null;
      if (marked !== undefined && atMs !== null) {
        await world.flowsOfThen.open(marked.document.uri.toString(), atMs);
      } else panel.say(t('No execution of this flow is known.'));
    },
    [commandIds.nextFailingNode]: () => {
      goToFailing(world, 1);
    },
    [commandIds.previousFailingNode]: () => {
      goToFailing(world, -1);
    },
  };
}

/** From the cursor on, and around the end of the file. */
function goToFailing({ vscode, marks, panel, editors }: EditorCommandsWorld, step: 1 | -1): void {
  const editor = editors.current;
  const marked = editor === undefined ? undefined : marks.of(editor.document);
  const failing = marked === undefined ? [] : failingOf(marked);
  if (editor === undefined || failing.length === 0) {
    panel.say(t('No node of this file failed.'));
    return;
  }
  const at = editor.document.offsetAt(editor.selection.active);
  const starts = failing.map(({ idRange }) => idRange.start);
  const next =
    step === 1
      ? starts.findIndex((start) => start > at)
      : starts.findLastIndex((start) => start < at);
  const target = failing.at(next === -1 ? (step === 1 ? 0 : -1) : next);
  if (target === undefined) return;
  const { start, end } = rangeOf(vscode, editor.document, target.idRange);
  editor.selection = new vscode.Selection(end, start);
  reveal(vscode, editor, start);
}

function failingOf({ nodes }: MarkedDocument) {
  return nodes
    .filter(({ node }) => isFailed(node))
    .sort((a, b) => a.idRange.start - b.idRange.start);
}

function text(args: unknown, field: string): string {
  if (typeof args !== 'object' || args === null) return '';
  const value: unknown = Reflect.get(args, field);
  return typeof value === 'string' ? value : '';
}
