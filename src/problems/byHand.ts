import { isOfFlow, type ProblemMark, type ProblemMove, type ReaderMark } from './problemMark.ts';
import { partSignature } from './signature.ts';

/** What the reader said, as problems are made by it. */
export interface ByHand {
  /** Flows that are held for none but themselves. */
  readonly apart: ReadonlySet<string>;
  /** What was said of a problem of a lineage last. */
  readonly markOf: (signature: string, lineage: string) => ProblemMark | null;
  /** Where failures of a lineage belong by hand; undefined where nothing was moved in it. */
  readonly movesOf: (lineage: string) => Moves | undefined;
}

/** Where failures of a lineage belong that the reader moved. */
export interface Moves {
  /** What was moved of which a failure of a signature and a text is one; null for none. */
  readonly movedBy: (signature: string, text: string) => string | null;
  /** The signature of the problem that something is of. */
  readonly problemOf: (signature: string) => string;
}

/** Puts in order what a reader said; `rootOf` names the lineage of which it was said. */
export function byHand(
  marks: readonly ReaderMark[],
  rootOf: (mark: ReaderMark) => string,
): Omit<ByHand, 'apart'> {
  const said = new Map<string, ProblemMark>();
  const moved = new Map<string, Map<string, string>>();
  for (const mark of marks) {
    if (isMove(mark)) {
      const lineage = rootOf(mark);
      const moves = moved.get(lineage) ?? new Map<string, string>();
      moved.set(lineage, moves);
      // Where it was before counts no more, or its end would be taken for that of what leads to it, and close a ring.
      moves.delete(mark.signature);
      if (mark.into !== null) {
        // What is put into one that was put into it: the later word holds.
        if (endOf(moves, mark.into) === mark.signature) moves.delete(mark.into);
        moves.set(mark.signature, mark.into);
      }
    } else if (!isOfFlow(mark)) said.set(`${mark.signature} ${rootOf(mark)}`, mark);
  }
  return {
    markOf: (signature, lineage) => said.get(`${signature} ${lineage}`) ?? null,
    movesOf: (lineage) => {
      const moves = moved.get(lineage);
      return moves === undefined || moves.size === 0 ? undefined : along(moves);
    },
  };
}

/** The flows that are said to be of no lineage but their own. */
export function apartFlows(marks: readonly ReaderMark[]): ReadonlySet<string> {
  const apart = new Set<string>();
  for (const mark of marks) {
    if (mark.kind === 'apart') apart.add(mark.flow);
    if (mark.kind === 'together') apart.delete(mark.flow);
  }
  return apart;
}

function along(moves: ReadonlyMap<string, string>): Moves {
  return {
    movedBy: (signature, text) => {
      const part = partSignature(signature, text);
      return moves.has(part) ? part : moves.has(signature) ? signature : null;
    },
    problemOf: (signature) => endOf(moves, signature),
  };
}

/** Where moves lead from one: never round, for a move that closed a ring took another away. */
function endOf(moves: ReadonlyMap<string, string>, from: string): string {
  let at = from;
  for (let next = moves.get(at); next !== undefined && next !== at; next = moves.get(at)) at = next;
  return at;
}

function isMove(mark: ReaderMark): mark is ProblemMove {
  return mark.kind === 'moved';
}
