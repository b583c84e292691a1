import type { Json } from '../base/json.ts';
import { terminalText } from '../base/plainText.ts';
import { withoutColours } from '../base/colours.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type {
  ExecutionData,
  ExecutionSummary,
  FailingNode,
  LeftOut,
  NodeData,
  Outcome,
  RunKey,
} from '../trace/execution.ts';
import type { ItemFailure, ItemFailures } from '../trace/iterationItems.ts';
import type { NodeStatus, TreeNode } from '../trace/tree.ts';
import { visibleRows } from '../trace/visibleRows.ts';
import { failedItemsSentences } from '../texts/failedItemTexts.ts';
import { evidenceField, findingTitle, remedyText } from '../texts/findingTexts.ts';
import { formatDuration } from '../texts/format.ts';
import { leftOutText } from '../texts/leftOutTexts.ts';
import { type OwnHistory, ownHistoryLines } from '../texts/ownHistoryTexts.ts';
import type { Translate } from '../texts/translate.ts';

/** An execution with all that is printed of it. */
export interface PrintedExecution {
  /** What a run got, gave, was set to and logged, masked, as the inspector shows it; undefined for a run that isn't there. */
  readonly dataOf: (run: RunKey) => NodeData | undefined;
  /** What it got and gave itself: a service that was called has no nodes. */
  readonly ownData: () => ExecutionData | undefined;
  readonly summary: ExecutionSummary;
  /** The flow's name where a flow file is known, else what the record calls it. */
  readonly name: string;
  readonly failing: FailingNode | null;
  readonly tree: readonly TreeNode[];
  readonly findings: readonly Finding[];
  readonly itemFailures: ItemFailures;
  readonly leftOut?: LeftOut | undefined;
  /** Against those of its flow that are printed with it. */
  readonly history?: OwnHistory;
}

const nodeMarks: Readonly<Record<NodeStatus, string>> = {
  succeeded: '✓',
  failed: '✗',
  recovered: '↻',
  running: '▶',
  unended: '✗',
  stalled: '▷',
  cancelled: '⊘',
  notRun: '·',
};
const outcomeMarks: Readonly<Record<Outcome, string>> = {
  succeeded: '✓',
  failed: '✗',
  cancelled: '⊘',
  running: '▶',
  stalled: '▷',
  unreported: '?',
};

/**
 * Prints an execution: a head line (status, code, name, sid, begin, duration), a line per row of its tree,
 * then the findings, and what is unusual against earlier ones. Lines end with `\n`.
 */
export function treeText(
  execution: PrintedExecution,
  t: Translate,
  { withData = false }: { readonly withData?: boolean } = {},
): string {
  const rows = visibleRows(execution.tree, new Set());
  const lines = [
    headLine(execution),
    ...(withData ? ownLines(execution.ownData()) : []),
    ...rows.flatMap(({ node, level }) => {
      const indent = '  '.repeat(Math.min(level, 40));
      const line = indent + nodeLine(node, execution, t);
      return withData
        ? [line, ...dataLines(node, execution).map((data) => `${indent}    ${data}`)]
        : line;
    }),
    leftOutText(execution.leftOut, t),
    ...execution.findings.flatMap((finding) => findingLines(finding, t)),
    ...(execution.history === undefined ? [] : ownHistoryLines(execution.history, t)).map(
      (line) => `~ ${oneLine(line)}`,
    ),
  ].filter((line) => line !== '');
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function headLine({ summary, name }: PrintedExecution): string {
  const { outcome, code, sid, service, kind, beginMs, durationMs, timeSource } = summary;
  const source = timeSource === 'record' || timeSource === 'none' ? '' : ` (times: ${timeSource})`;
  return columns([
    `${outcomeMarks[outcome]} ${outcome}`,
    String(code),
    oneLine(name) || '-',
    oneLine(sid) || '-',
    beginMs === null ? '-' : new Date(beginMs).toISOString(),
    formatDuration(durationMs) + source,
    kind === 'workflow' ? '' : kind === 'build' ? 'build' : oneLine(service),
  ]);
}

function nodeLine(node: TreeNode, { itemFailures }: PrintedExecution, t: Translate): string {
  if (node.subExecution !== null) return `→ ${subLine(node)}`;
  return columns([
    `${nodeMarks[node.status]} ${oneLine(node.nodeId) || '?'}`,
    oneLine(node.type),
    oneLine(node.name),
    node.run === null ? '' : formatDuration(node.durationMs),
    node.count > 1 ? `×${node.count}` : '',
    failedItems(itemFailures.failures.get(node.key), t),
    node.inferred ? 'inferred' : '',
    node.run?.mixesRounds === true ? 'mixed rounds' : '',
    node.status === 'notRun' ? 'not run' : '',
    round(node),
    node.run?.error == null ? '' : `error: ${shorten(oneLine(node.run.error))}`,
  ]);
}

function ownLines(data: ExecutionData | undefined): string[] {
  return (data === undefined ? [] : [data.question, data.answer]).flatMap(({ name, value }) =>
    value === '' ? [] : [`    ${name}: ${shownValue(value)}`],
  );
}

function shownValue(value: Json): string {
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value));
}

/** A line for each value and log, whole: who asks for data wants to search in it. */
function dataLines({ run }: TreeNode, { dataOf }: PrintedExecution): string[] {
  const data = run === null ? undefined : dataOf(run.key);
  if (data === undefined) return [];
  const values = (['input', 'output', 'config', 'other'] as const).flatMap((section) =>
    data[section].map(({ name, value, round: at }) => {
      const place = at === null ? '' : ` (round ${at})`;
      return `${section} ${oneLine(name)}${place}: ${shownValue(value)}`;
    }),
  );
  const logs = data.logs.map(({ level, time, message }) => {
    const head = ['log', level, time].filter((part) => part !== '').map(oneLine);
    return `${head.join(' ')}: ${oneLine(message)}`;
  });
  const answer = data.llmOutput === '' ? [] : [`llm_output: ${oneLine(data.llmOutput)}`];
  return [...values, ...answer, ...logs];
}

function failedItems(failure: ItemFailure | undefined, t: Translate): string {
  if (failure === undefined) return '';
  return failedItemsSentences(failure, t);
}

function subLine({ subExecution: sub, confidence }: TreeNode): string {
  if (sub === null) return '';
  const mark = `${outcomeMarks[sub.outcome]} ${oneLine(sub.service)}`;
  const message = sub.code === 0 ? '' : shorten(oneLine(sub.message));
  return columns([
    mark,
    String(sub.code),
    oneLine(sub.subject),
    formatDuration(sub.durationMs),
    message,
    confidence ?? '',
  ]);
}

function round(node: TreeNode): string {
  const index = node.run?.iterationIndex ?? null;
  return index === null ? '' : `round ${index}`;
}

function findingLines(finding: Finding, t: Translate): string[] {
  const where = finding.node === null ? '' : finding.node.nodeId || finding.node.name;
  return [
    columns([
      `! ${findingTitle(finding, t)}`,
      finding.category,
      finding.confidence,
      oneLine(where),
    ]),
    ...finding.evidence.map(
      ({ source, value }) => `    ${evidenceField(source)}: ${shorten(oneLine(value))}`,
    ),
    ...finding.remedies.map((key) => `    → ${remedyText(key, finding, t)}`),
  ];
}

function columns(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('  ');
}

function shorten(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}

/** One line, and nothing that a terminal obeys or nobody sees. */
function oneLine(text: string): string {
  const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
  return terminalText(withoutColours(text).replace(controls, ' '));
}
