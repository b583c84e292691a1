import { assertNever } from '../base/assertNever.ts';
import type { Completion, Completions } from '../protocol/completions.ts';
import { writingAt, written } from '../query/completion.ts';
import type { QueryField } from '../query/terms.ts';
import {
  chineseFields,
  chineseKinds,
  chineseOutcomes,
  fieldOf,
  isChinese,
  outcomes,
  queryFields,
  queryKinds,
} from '../query/words.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { type ExecutionSummary, type FailingNode, isToolCall } from '../trace/execution.ts';

/** Where the values come from. */
export interface CompletionSource {
  /** Of the scope, oldest first. */
  readonly entries: readonly StoredExecution[];
  readonly nameOf: (summary: ExecutionSummary) => string;
  /** As far as it is known. */
  readonly causeOf: (summary: ExecutionSummary) => string | null;
  /** The same. */
  readonly failingOf: (summary: ExecutionSummary) => FailingNode | null;
}

/** More than that nobody reads through; another letter narrows it. */
const mostItems = 50;
/** The newest executions hold what is of interest, and a key press shall not wait for 50,000. */
const mostEntries = 5_000;

/** What can be written at the cursor; null when nothing can. */
export function completionsAt(
  filter: string,
  cursor: number,
  source: CompletionSource,
): Completions | null {
  const writing = writingAt(filter, cursor);
  if (writing === null) return null;
  const { field, begun, range, isChinese } = writing;
  const items =
    field === null
      ? plainItems(begun, filter.slice(range.from, range.to), source)
      : valueItems(field, begun, isChinese, source);
  return items.length === 0 ? null : { range, items: items.slice(0, mostItems) };
}

/** Of whose values one is offered that contains a word of Chinese: many are known by what they are, not by their field. */
const namingFields: readonly QueryField[] = ['status', 'kind', 'node', 'flow'];

function plainItems(begun: string, whole: string, source: CompletionSource): Completion[] {
  const name = begun.replace(/[:：]$/u, '');
  const fields = fieldItems(name);
  // What has a value already needs none.
  if (!isChinese(name) || /[:：]$/u.test(whole)) return fields;
  const word = new Map(chineseFields.map((one) => [fieldOf(one), one]));
  const values = namingFields.flatMap((field) =>
    valueItems(field, '', true, source)
      .filter(({ insert }) => insert.toLowerCase().includes(name))
      .map((item) => ({ ...item, insert: `${word.get(field) ?? field}：${item.insert}` })),
  );
  return [...fields, ...values];
}

function fieldItems(name: string): Completion[] {
  const item = (field: QueryField, insert: string): Completion => ({
    ...{ kind: 'field', field, insert, count: null },
  });
  if (!isChinese(name)) {
    return queryFields
      .filter((field) => field.startsWith(name))
      .map((field) => item(field, `${field}:`));
  }
  // A sign of Chinese is half a word; what begins so comes first.
  const words = chineseFields.filter((word) => word.includes(name));
  words.sort((a, b) => Number(b.startsWith(name)) - Number(a.startsWith(name)));
  return words.flatMap((word) => {
    const field = fieldOf(word);
    return field === undefined ? [] : item(field, `${word}：`);
  });
}

function valueItems(
  field: QueryField,
  begun: string,
  inChinese: boolean,
  source: CompletionSource,
): Completion[] {
  const values = inWords(field, valuesOf(field, source), inChinese || isChinese(begun));
  // What begins so comes before what only holds it.
  const starts = values.filter(([value]) => value.toLowerCase().startsWith(begun));
  const holds = values.filter(([value]) => value.toLowerCase().indexOf(begun) > 0 && begun !== '');
  return [...starts, ...holds]
    .filter(([value]) => value.toLowerCase() !== begun)
    .map(([value, count]) => ({ kind: 'value', field, insert: written(value), count }));
}

/** As whoever writes Chinese reads them on the screen. */
function inWords(
  field: QueryField,
  values: readonly Value[],
  inChinese: boolean,
): readonly Value[] {
  const words = inChinese ? chineseWords[field] : undefined;
  return words === undefined
    ? values
    : values.map(([value, count], index) => [words[index] ?? value, count]);
}

/** In the order of what they stand for. */
const chineseWords: Readonly<Partial<Record<QueryField, readonly string[]>>> = {
  status: chineseOutcomes,
  kind: chineseKinds,
};

type Value = readonly [value: string, count: number | null];

function valuesOf(
  field: QueryField,
  { entries, nameOf, causeOf, failingOf }: CompletionSource,
): readonly Value[] {
  const seen = (valuesOfOne: (summary: ExecutionSummary) => readonly string[]) =>
    counted(entries, valuesOfOne);
  switch (field) {
    case 'status': {
      const counts = new Map(seen(({ outcome }) => [outcome]));
      return outcomes.map((outcome) => [outcome, counts.get(outcome) ?? 0]);
    }
    case 'kind': {
      const counts = new Map(seen(({ kind }) => [isToolCall(kind) ? 'tool' : 'run']));
      return queryKinds.map((kind) => [kind, counts.get(kind) ?? 0]);
    }
    case 'node':
      return seen(({ nodeNames }) => nodeNames);
    case 'failing':
      return seen((summary) => [failingOf(summary)?.name ?? '']);
    case 'cause':
      return counted(entries, (summary) => [causeOf(summary) ?? '']);
    case 'service':
      return seen(({ service }) => [service]);
    case 'flow':
      return seen((summary) => [nameOf(summary)]);
    case 'code':
      return [...seen(({ code }) => [String(code)]), ['>0', null]];
    case 'duration':
      return ['>1s', '>5s', '>30s', '>1m', '>10m', '<1s', '1s..5s'].map((value) => [value, null]);
    case 'time':
      return ['today', 'yesterday', '15m', '1h', '24h', '>12:00'].map((value) => [value, null]);
    case 'problem':
    case 'sid':
    case 'text':
      return [];
    default:
      return assertNever(field);
  }
}

/** The most frequent first. */
function counted(
  entries: readonly StoredExecution[],
  valuesOfOne: (summary: ExecutionSummary) => readonly string[],
): Value[] {
  const counts = new Map<string, number>();
  for (const { summary } of entries.slice(-mostEntries)) {
    for (const value of valuesOfOne(summary)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  counts.delete('');
  return [...counts].sort((a, b) => b[1] - a[1]);
}
