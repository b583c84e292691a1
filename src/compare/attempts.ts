import type { NamedValue } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { ComparedRun } from './comparedRun.ts';
import { canonicalText } from './jsonValues.ts';

/** How a node came to entries that are not one for each round. */
export interface Tried {
  /** In how many rounds it ran; of a node that no round is known of, one. */
  readonly rounds: number;
  /** How often it was tried in all of them. The giving up leaves an entry too, which is no attempt. */
  readonly attempts: number;
  /** Of each round, which entry is that of its last attempt. */
  readonly last: readonly number[];
}

/** Of an execution, which entries of its nodes are attempts. */
export class AttemptsIn {
  private readonly run: Pick<ComparedRun, 'tree' | 'retried' | 'dataOf'>;
  private readonly known = new Map<TreeNode, Tried | null>();
  /** By node, what begins each round of the body that it is in. */
  private starts: ReadonlyMap<TreeNode, TreeNode> | undefined;

  constructor(run: Pick<ComparedRun, 'tree' | 'retried' | 'dataOf'>) {
    this.run = run;
  }

  /** Null where each entry is a round, or nobody can tell. */
  of(node: TreeNode): Tried | null {
    if (node.run === null || node.count < 2) return null;
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const found = this.look(node);
    this.known.set(node, found);
    return found;
  }

  private look(node: TreeNode): Tried | null {
    const { key, count, status, run } = node;
    const attempts = status === 'failed' ? count - 1 : count;
    if (this.run.retried.has(key)) return { rounds: 1, attempts, last: [count - 1] };
    const start = (this.starts ??= startsIn(this.run.tree)).get(node);
    if (run === null || start === undefined || count <= start.count) return null;
    const ends = this.endsOfEqual(node);
    // With more than there were rounds it was not always given the same.
    if (ends === null || ends.length > start.count) return null;
    const last = ends.length === start.count ? ends : this.lastOfRounds(ends, start);
    return last && { rounds: last.length, attempts, last };
  }

  /**
   * Which entries are the last attempts where it was given fewer different things than there were rounds. It came to some rounds
   * alone, or rounds were given the same item one after the other: then it may be given the same in each of them. Null where that can't be told.
   */
  private lastOfRounds(ends: readonly number[], start: TreeNode): readonly number[] | null {
    const items = this.endsOfEqual(start);
    // No two of them are the same, as far as the record tells.
    if (items === null || items.length === start.count) return ends;
    if (items.length !== ends.length) return null;
    const last: number[] = [];
    for (const [place, end] of ends.entries()) {
      const rounds = sizeAt(items, place);
      if (sizeAt(ends, place) < rounds) return null;
      // Which of them were tried again nobody knows: they were given the same.
      for (let entry = end - rounds + 1; entry <= end; entry++) last.push(entry);
    }
    return last;
  }

  /** Of entries that were given the same one after the other, the last ones. */
  private endsOfEqual({ run, count }: TreeNode): readonly number[] | null {
    return run === null ? null : lastOfEach(this.run.dataOf(run.key)?.input ?? [], count);
  }
}

/** How many entries end at a place of the last ones. */
function sizeAt(ends: readonly number[], place: number): number {
  return (ends[place] ?? 0) - (ends[place - 1] ?? -1);
}

/** By node, the start that stands among its siblings; of several nobody knows which one it is. */
function startsIn(tree: readonly TreeNode[]): ReadonlyMap<TreeNode, TreeNode> {
  const found = new Map<TreeNode, TreeNode>();
  // A list of what is left instead of recursion: a tree may be deep.
  const todo = [tree];
  for (let siblings = todo.pop(); siblings !== undefined; siblings = todo.pop()) {
    const starts = siblings.filter(isStartOfRounds);
    const [start] = starts;
    for (const node of siblings) {
      if (start !== undefined && starts.length === 1) found.set(node, start);
      if (node.children.length > 0) todo.push(node.children);
    }
  }
  return found;
}

/** Of rounds that share their entries. */
function isStartOfRounds({ type, run }: TreeNode): boolean {
  return /^(?:iteration|loop)-node-start$/.test(type) && run?.iterationIndex === null;
}

/** Attempts of a round are given the same, one after the other; null where the record doesn't keep what each was given. */
function lastOfEach(given: readonly NamedValue[], count: number): readonly number[] | null {
  const byName = new Map<string, string[]>();
  for (const { name, value } of given) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [canonicalText(value)]);
    else known.push(canonicalText(value));
  }
  const names = [...byName.values()];
  if (names.length === 0 || names.some(({ length }) => length !== count)) return null;
  const last: number[] = [];
  for (let entry = 0; entry < count; entry++) {
    const isSame = names.every((texts) => texts[entry] === texts[entry + 1]);
    if (!isSame || entry + 1 === count) last.push(entry);
  }
  return last;
}
