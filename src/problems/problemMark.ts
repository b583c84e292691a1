import type { Milliseconds } from '../trace/execution.ts';
import type { SignedWords } from './signature.ts';

/**
 * What the reader said of a problem: that he has seen it, that he has fixed it, that it is none of his. Kept by the
 * signature and a flow: of the lineage of which that flow is one, whatever else of it is still known. Beside it stands what
 * the signature was made of, where that was known.
 */
export interface ProblemMark extends Said {
  readonly signature: string;
  readonly kind: 'seen' | 'fixed' | 'ignored';
  /** How often it failed in the week before. */
  readonly weekly: number;
  readonly of?: SignedWords | undefined;
}

/** Failures that the reader put elsewhere than where they belong by themselves. */
export interface ProblemMove extends Said {
  /** What they are: all of one signature, or of one text of it. */
  readonly signature: string;
  readonly kind: 'moved';
  /** The signature of the problem that they are of now: their own, split off from others. Null: back again. */
  readonly into: string | null;
  readonly of?: SignedWords | undefined;
  readonly intoOf?: SignedWords | undefined;
}

/** A flow that has most nodes of an earlier one, and is said to be another all the same; or not any more. */
export interface FlowMark extends Said {
  readonly kind: 'apart' | 'together';
}

interface Said {
  readonly flow: string;
  readonly atMs: Milliseconds;
}

/** All that a reader says of problems, each with its time. */
export type ReaderMark = ProblemMark | ProblemMove | FlowMark;

type AsSaid<T> = T extends unknown ? Omit<T, 'atMs' | 'of' | 'intoOf'> : never;
/** The same as it is said. */
export type ReaderSays = AsSaid<ReaderMark>;

/** An ignored problem is one no longer when it fails so many times as often as when that was said. */
const tooOften = 3;
export const weekMs = 7 * 24 * 3_600_000;
/** What is kept; the oldest go first. */
export const mostReaderMarks = 500;

/** How many failures in a week end that a problem is ignored. */
export function ignoredUpTo({ weekly }: Pick<ProblemMark, 'weekly'>): number {
  return tooOften * Math.max(1, weekly);
}

/** Whether it goes on as it was when it was ignored, by when it failed, in order. */
export function isStillIgnored(mark: ProblemMark, failedMs: readonly Milliseconds[]): boolean {
  const since = failedMs.slice(firstAfter(failedMs, mark.atMs));
  const many = ignoredUpTo(mark);
  // So many in any week: it may be quieter again by now, and was told all the same.
  return since.every((ms, index) => {
    const nth = since[index + many - 1];
    return nth === undefined || nth - ms > weekMs;
  });
}

/** How often it failed in the week up to a moment. */
export function weeklyRate(failedMs: readonly Milliseconds[], atMs: Milliseconds): number {
  return firstAfter(failedMs, atMs) - firstAfter(failedMs, atMs - weekMs);
}

/** Of each thing what was said of it last, whoever said it, the newest at the end. */
export function newestMarks(marks: readonly ReaderMark[]): readonly ReaderMark[] {
  const newest = new Map<string, ReaderMark>();
  for (const mark of [...marks].sort((a, b) => a.atMs - b.atMs)) {
    const key = keyOf(mark);
    newest.delete(key);
    newest.set(key, mark);
  }
  return withinBounds([...newest.values()]);
}

/** Without the oldest: that somebody looked at something is said most often, and matters least. */
function withinBounds(marks: readonly ReaderMark[]): readonly ReaderMark[] {
  const tooMany = Math.max(0, marks.length - mostReaderMarks);
  const left = new Set(marks.filter(({ kind }) => kind === 'seen').slice(0, tooMany));
  return marks.filter((mark) => !left.has(mark)).slice(-mostReaderMarks);
}

/** Whether what was kept is one: a later version may have kept something else. */
export function isReaderMark(mark: unknown): mark is ReaderMark {
  if (typeof mark !== 'object' || mark === null) return false;
  const { flow, atMs, kind, signature, weekly, into, of, intoOf } = mark as Record<string, unknown>;
  if (typeof flow !== 'string' || typeof atMs !== 'number') return false;
  if (![of, intoOf].every((words) => words === undefined || isSignedWords(words))) return false;
  switch (kind) {
    case 'apart':
    case 'together':
      return true;
    case 'moved':
      return typeof signature === 'string' && (into === null || typeof into === 'string');
    case 'seen':
    case 'fixed':
    case 'ignored':
      return typeof signature === 'string' && typeof weekly === 'number';
    default:
      return false;
  }
}

function isSignedWords(words: unknown): words is SignedWords {
  if (typeof words !== 'object' || words === null) return false;
  const { nodeId, cause = null, code, text, also = [] } = words as Record<string, unknown>;
  const isNamed = [nodeId, cause].every((name) => name === null || typeof name === 'string');
  const texts = Array.isArray(also) ? [text, ...(also as unknown[])] : [undefined];
  return isNamed && typeof code === 'number' && texts.every((each) => typeof each === 'string');
}

/** Whether it says something of a flow, and not of a problem. */
export function isOfFlow<T extends Pick<ReaderMark, 'kind'>>(
  mark: T,
): mark is Extract<T, Pick<FlowMark, 'kind'>> {
  return mark.kind === 'apart' || mark.kind === 'together';
}

/** What it speaks of. */
function keyOf(mark: ReaderMark): string {
  switch (mark.kind) {
    case 'apart':
    case 'together':
      return JSON.stringify(['flow', mark.flow]);
    case 'moved':
      return JSON.stringify(['move', mark.signature, mark.flow]);
    case 'seen':
    case 'fixed':
    case 'ignored':
      return JSON.stringify(['problem', mark.signature, mark.flow]);
  }
}

function firstAfter(ascending: readonly Milliseconds[], atMs: Milliseconds): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
