import { ask } from '../../protocol/ask.ts';
import type { InspectorContent } from '../../protocol/inspector.ts';
import { brokenFlowText } from '../../texts/brokenFlowText.ts';
import { errorOfStep } from '../../texts/errorOfStep.ts';
import { problemRemedies, problemText } from '../../texts/markedProblem.ts';
import { markedCountsText, markedName, markedStateText } from '../../texts/markTexts.ts';
import type { RunKey } from '../../trace/execution.ts';
import { inputText, outputText } from '../copiedValues.ts';
import type { EngineClient } from '../engineClient.ts';
import { commandIds } from '../ids.ts';
import { t } from '../l10n.ts';
import type { BoundCommand, HoverContent } from './editorSurfaces.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';

/** More lines than these cover the code around; the panel has all of it. */
const mostLines = 12;

/** What is said at the pointer on a node's id, below its range; its values are asked for now. */
export async function nodeHover(
  marked: MarkedDocument,
  placed: PlacedNode,
  { engine, settings }: { engine: Pick<EngineClient, 'call'>; settings: EditorSettings },
): Promise<Omit<HoverContent, 'range'> | undefined> {
  const execution = marked.marks?.execution;
  if (execution == null) return undefined;
  const { node } = placed;
  const broken = marked.marks?.broken;
  const inspect = (row: RunKey | null) =>
    // Its record may be gone; what is known of it already is shown.
    ask(engine, 'inspect', { key: execution.key, row, part: 'beginning' }).catch(() => undefined);
  const content = node.run === undefined ? undefined : await inspect(node.run.row);
  const problem = marked.marks?.problem;
  const own = problem?.failing.nodeId === node.nodeId ? problem : null;
  // Told by nothing else where a newer execution went well, and this one is open.
  let error = own === null && content?.kind === 'node' ? errorOfStep(content) : '';
  if (own === null && error === '' && node.run?.failing === true) {
    const whole = await inspect(null);
    error = whole?.kind === 'execution' ? whole.summary.message : '';
  }
  return {
    title: markedName(node, t),
    lines: [
      markedStateText(node, t),
      markedCountsText(node, t),
      // Where it is among the problems VS Code shows it above this.
      ...(own === null || settings.problems ? [] : problemText(own, t).split('\n').slice(0, 3)),
      ...(own === null ? [] : problemRemedies(own, t)),
      ...(broken === undefined ? [] : [brokenFlowText(broken, t)]),
    ].filter((line) => line !== ''),
    blocks: blocksOf(error, content),
    actions: actionsOf(marked, placed, execution.key),
  };
}

function blocksOf(error: string, content: InspectorContent | undefined): HoverContent['blocks'] {
  const [input, output] = content?.kind === 'node' ? [inputText(content), outputText(content)] : [];
  const blocks = [
    { label: t('Error'), text: error, language: 'plaintext' },
    { label: t('Input'), text: input ?? '', language: 'json' },
    { label: t('Output'), text: output ?? '', language: 'json' },
  ];
  return blocks
    .filter(({ text }) => text !== '' && text !== '{}')
    .map((block) => ({ ...block, text: firstLines(block.text) }));
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
