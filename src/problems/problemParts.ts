import type { PastFailure } from '../analysis/pastExecution.ts';
import { partSignature } from './signature.ts';
import type { Failed } from './timed.ts';

/** A failure and what it is known by. */
export interface Told {
  /** The signature that it has by itself. */
  readonly own: string;
  /** What the reader moved, if that is why it is of its problem: all of that signature, or its very text. */
  readonly movedBy: string | null;
  readonly text: string;
}

/** Failures of a problem that can be made another one by hand, or were put to it so. */
export interface ProblemPart {
  /** By what they are moved. */
  readonly signature: string;
  /** What the newest of them said, masked. */
  readonly text: string;
  readonly count: number;
  /** They are of this problem because the reader said so. */
  readonly isMoved: boolean;
}

/** What failures of one signature have in common beside their text. */
export interface ProblemKind extends Pick<PastFailure, 'nodeId' | 'cause' | 'category'> {
  readonly nodeName: string;
  readonly code: number;
}

/** Where each run says something else, a list of what they said says nothing. */
const mostParts = 10;

/** What a problem is made of: its texts, and what the reader put to it; the newest first. */
export function partsOf(told: readonly Told[]): readonly ProblemPart[] {
  const parts = new Map<string, ProblemPart>();
  for (let at = told.length - 1; at >= 0; at--) {
    const one = told[at];
    if (one === undefined) continue;
    const { own, movedBy, text } = one;
    // What was put to it goes as it came.
    const key = movedBy ?? text;
    const known = parts.get(key);
    if (known !== undefined) parts.set(key, { ...known, count: known.count + 1 });
    else if (parts.size < mostParts) {
      const signature = movedBy ?? partSignature(own, text);
      parts.set(key, { signature, text, count: 1, isMoved: movedBy !== null });
    }
  }
  return [...parts.values()];
}

/** What failures that the reader put together are, those of the newest first; missing where all are of one signature. */
export function joinsOf(told: readonly (Pick<Told, 'own'> & { readonly run: Failed })[]): {
  readonly joins?: readonly ProblemKind[];
} {
  const kinds = new Map<string, ProblemKind>();
  for (let at = told.length - 1; at >= 0 && kinds.size < mostParts; at--) {
    const one = told[at];
    if (one === undefined || kinds.has(one.own)) continue;
    const { failure, code } = one.run;
    const { nodeId, name, cause, category } = failure;
    kinds.set(one.own, { nodeId, nodeName: name, cause, category, code });
  }
  return kinds.size < 2 ? {} : { joins: [...kinds.values()] };
}
