import type { FlowDocument } from './flowDocument.ts';
import { nodeIndex } from './nodeIndex.ts';
import { withInputs } from './withInputs.ts';

/**
 * What the files of runs call the atoms of processes, by whatever name: `process:line`, and lines of programs where the
 * files of one run lead to them. A name that means one thing in one run and another in the next one means none.
 */
export function runNames(runs: readonly FlowDocument[]): ReadonlyMap<string, string> {
  const names = new Map<string, string | null>();
  for (const { otherIds = [] } of runs) {
    for (const [name, id] of otherIds) {
      const known = names.get(name);
      names.set(name, known === undefined || known === id ? id : null);
    }
  }
  const found = new Map<string, string>();
  for (const [name, id] of names) {
    // A line of a program is a line of a process, and that is an atom.
    const atom = id === null ? null : (names.get(id) ?? id);
    if (atom !== null) found.set(name, atom);
  }
  return found;
}

/**
 * A process with what the files of its runs call its atoms, and what they say that it is given; the same one where they say
 * nothing of it.
 */
export function withRuns(
  document: FlowDocument,
  runs: readonly FlowDocument[],
  names = runNames(runs),
): FlowDocument {
  const own = [...names].filter(([, id]) => document.nodesById.has(id));
  if (own.length === 0) return document;
  const [first, ...others] = document.nodes;
  const told = runs.flatMap(({ nodesById }) => nodesById.get(first?.id ?? '') ?? []);
  const inputs = told.findLast(({ ports }) => ports?.inputs !== undefined)?.ports?.inputs ?? [];
  const nodes = first === undefined ? [] : [withInputs(first, inputs), ...others];
  return { ...document, nodes, nodesById: nodeIndex(nodes), otherIds: new Map(own) };
}
