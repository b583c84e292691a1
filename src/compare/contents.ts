import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import type { ContentKeys } from './alignRepeated.ts';
import type { ComparedRun, Named } from './comparedRun.ts';
import { canonicalText } from './jsonValues.ts';
import type { NodeId, RunKey } from '../trace/execution.ts';
import { ownTime } from './leafTimes.ts';
import { Pace, workOfRow } from './pace.ts';
import type { Row } from './row.ts';
import { sectionOf } from './sections.ts';
import { foldedText } from './shapes.ts';

/** What rows of an execution were given and gave, as text. */
export function contentKeys(run: ComparedRun): ContentKeys {
  const own = ownTime(run);
  const leaf = (value: Json) => (typeof value === 'string' ? foldedText(value, own) : value);
  const textOf = (values: readonly Named[]) =>
    canonicalText(Object.fromEntries(values.map(({ name, rounds }) => [name, rounds])), leaf);
  const dataOf = ({ node }: Row) => (node.run === null ? undefined : run.dataOf(node.run.key));
  const inputs = new WeakMap<Row, string>();
  const input = (row: Row) => {
    const known = inputs.get(row);
    if (known !== undefined) return known;
    const text = textOf(sectionOf(dataOf(row), 'input'));
    inputs.set(row, text);
    return text;
  };
  return {
    input,
    whole: (row) => `${row.node.status} ${input(row)} ${textOf(sectionOf(dataOf(row), 'output'))}`,
  };
}

/**
 * How a record is written: the services did so in three ways. `node`: with all that a node object holds; `texts`: settings
 * as texts; `bare`: no node that left something has a setting.
 */
export interface Encoding {
  readonly form: 'node' | 'texts' | 'plain' | 'bare' | 'unknown';
  /** Nodes whose settings are texts alone, and those that have others. */
  readonly texts: ReadonlySet<NodeId>;
  readonly typed: ReadonlySet<NodeId>;
}

/** How many rows are looked at: the first with settings tells. */
const mostLooks = 50;
/** Those without settings tell nothing, and each is decoded: as many as many flows have nodes. */
const mostDecoded = 500;
/** Larger ones take long to be decoded, and their settings tell no more than those of others. */
const mostBytes = 256 * 1024;

/** How the services wrote a record, by what they set their nodes to. */
export function* encodingOf(run: ComparedRun): Steps<Encoding> {
  let looks = mostLooks;
  let decodes = mostDecoded;
  let isBare = false;
  const [texts, typed] = [new Set<NodeId>(), new Set<NodeId>()];
  const pace = new Pace();
  const todo = [...run.tree].reverse();
  for (let node = todo.pop(); node !== undefined && looks > 0 && decodes > 0; node = todo.pop()) {
    todo.push(...[...node.children].reverse());
    const bytes = node.run === null ? 0 : sizeOf(run, node.run.key);
    if (node.run === null || bytes > mostBytes) continue;
    const data = run.dataOf(node.run.key);
    decodes--;
    if (pace.isDue(workOfRow + bytes)) yield;
    if (data === undefined) continue;
    isBare ||= data.config.length === 0;
    if (data.config.length === 0) continue;
    looks--;
    const names = new Set(data.config.map(({ name }) => name));
    if (names.has('input_identifier') && names.has('output_identifier')) {
      return { form: 'node', texts, typed };
    }
    const leaves = data.config.flatMap(({ value }) => leavesOf(value));
    if (leaves.some((leaf) => typeof leaf !== 'string')) typed.add(node.nodeId);
    else if (leaves.length > 0) texts.add(node.nodeId);
  }
  const form = typed.size > 0 ? 'plain' : texts.size > 0 ? 'texts' : isBare ? 'bare' : 'unknown';
  return { form, texts, typed };
}

/** How long it takes to decode what a node got and gave, in bytes; 0 where that is not known. */
export function sizeOf(run: ComparedRun, key: RunKey): number {
  return run.bytesOf?.(key)?.reduce((sum, { length }) => sum + length, 0) ?? 0;
}

function leavesOf(value: Json): readonly Json[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value as Readonly<Record<string, Json>>).flatMap(leavesOf);
}

/** Whether numbers and texts of the two can't be told apart: one of them may write all as texts. */
export function areOtherwiseWritten(before: Encoding, after: Encoding): boolean {
  const forms = [before.form, after.form];
  if (before.form === after.form || forms.includes('unknown')) return false;
  // A node object is never written without settings; elsewhere a flow may have none.
  if (forms.includes('node')) return true;
  if (forms.includes('bare')) return false;
  return writesAsTexts(before, after) || writesAsTexts(after, before);
}

/** What ended before it came to the first number of the other one writes no other way; a copy has nodes of its own. */
function writesAsTexts({ form, texts }: Encoding, other: Encoding): boolean {
  if (form !== 'texts') return false;
  const shared = [...texts].filter((id) => other.texts.has(id) || other.typed.has(id));
  return shared.length === 0 || shared.some((id) => other.typed.has(id));
}
