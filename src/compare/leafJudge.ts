import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import { cutMark, deepestValue } from '../trace/cutMark.ts';
import { maskMark } from '../trace/masked.ts';
import { notCheckedMark } from '../trace/notChecked.ts';
import { isStoredText } from '../trace/storedText.ts';
import type { ComparedRun } from './comparedRun.ts';
import { isInPart, isMasked, isNothing, plainText } from './jsonValues.ts';
import { ownTime } from './leafTimes.ts';
import type { Learnt } from './learnt.ts';
import type { SamePlaces } from './samePlaces.ts';
import { foldedText, isSessionName, type OwnTime, volatileShape } from './shapes.ts';
import type { LeafJudge, LeafPlaces, Unknown, Verdict } from './valueDifferences.ts';

/** By what leaves are judged. */
export interface JudgeWorld {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** The two were written by other generations of the services: one of them writes numbers as texts. */
  readonly isLoose: boolean;
  readonly places: SamePlaces;
}

const same: Verdict = { kind: 'same' };
const changed: Verdict = { kind: 'different', change: 'changed' };

/** Longer texts are compared as they are: folding one takes a hundred times as long. */
const longestFolded = 20_000;

/** Judges what differs as text; `learnt` knows what the good runs have at the row's places. */
export function createJudge(
  { before, after, isLoose, places }: JudgeWorld,
  learnt: Learnt,
): LeafJudge {
  const own = [ownTime(before), ownTime(after)] as const;
  // Of two that went well who compares them wants to see each value.
  const isToExplain = after.summary.outcome !== 'succeeded';
  const folds = (from: Json, to: Json, at: LeafPlaces): Verdict | null => {
    const known = learnt.verdict(at, to);
    // An ID or a time is no data of a run, whoever knows that it is another each time.
    if (known === 'volatile') {
      return { kind: 'folded', shape: volatileShape(to, nameOf(at), own[1]) ?? 'learnt' };
    }
    if (known === 'stable') return null;
    return byShape(from, to, at, own, places);
  };
  /** Compared by what stands for the secrets; what the masks show is no proof. */
  const ofMasked = (from: Json | undefined, to: Json | undefined, at: LeafPlaces): Verdict => {
    if (from === undefined || isNothing(from)) return { kind: 'different', change: 'added' };
    if (to === undefined || isNothing(to)) return { kind: 'different', change: 'removed' };
    if (from === notCheckedMark || to === notCheckedMark) return unknown('hidden');
    if (!isMasked(from) || !isMasked(to)) return changed;
    const [old, now] = [before.secretAt(at.before), after.secretAt(at.after)];
    if (old !== undefined && old === now) return same;
    const areKnown = old !== undefined && now !== undefined;
    if (!areKnown && from === to) return unknown('masked');
    if (isSessionName(nameOf(at)) || learnt.verdict(at, to) === 'volatile') {
      return areKnown && !places.areSame(old, now)
        ? { kind: 'different', change: 'otherPlace' }
        : { kind: 'folded', shape: 'session' };
    }
    if (withoutSecrets(from) === withoutSecrets(to)) return { kind: 'different', change: 'secret' };
    // The whole is another one for its time, or its ID: of the secret in it that tells nothing.
    return foldedText(from, own[0]) === foldedText(to, own[1]) ? unknown('masked') : changed;
  };
  const judged = (from: Json | undefined, to: Json | undefined, at: LeafPlaces): Verdict => {
    if (from === cutMark && to === cutMark) return isCut(at) ? unknown('cut') : same;
    // Others are as long, or begin as it does.
    if (from === to && isInPart(from)) return unknown('cut');
    if (isMasked(from) || isMasked(to)) return ofMasked(from, to, at);
    const stored = ofStored(from, to, isLoose);
    if (stored !== null) return stored;
    if (isUsualItem(from, to, at, learnt)) return { kind: 'folded', shape: 'learnt' };
    if (isNothing(from) || isNothing(to)) return ofNothing(from, to, at, learnt, isLoose);
    if (from === undefined || to === undefined) return changed;
    if (typeof from !== typeof to) return ofOtherType(from, to, isLoose);
    return folds(from, to, at) ?? (isLoose && isSameWord(from, to) ? same : changed);
  };
  return function* (from, to, at): Steps<Verdict> {
    yield* learnt.firstLook(at) ?? [];
    const verdict = judged(from, to, at);
    // Of secrets good runs tell nothing by their masks.
    if (verdict.kind !== 'different' || isMasked(to)) return verdict;
    const { count, areMost, isOneMore, isVaried } = yield* learnt.having(at, to);
    // What most good runs have as well explains no failure. A setting is none of a run: it was changed in the flow file.
    const isOfMost = areMost && at.after.section !== 'config' && !isMasked(from);
    if (isToExplain && isOfMost) return { kind: 'folded', shape: 'learnt' };
    return {
      ...verdict,
      ...(count !== null && { having: count }),
      ...(count === 0 && isOneMore && { isOneMore }),
      ...(isVaried && { isVaried }),
    };
  };
}

/** Of a list with fewer items none is left out. */
const leastItems = 1_000;

/** The sign alone is a text as others are; it stands for what is deep, and behind what there was room for. */
function isCut({ path }: LeafPlaces): boolean {
  const last = path.at(-1);
  if (path.length > deepestValue || last === cutMark) return true;
  return typeof last === 'number' && last >= leastItems;
}

function isUsualItem(
  from: Json | undefined,
  to: Json | undefined,
  at: LeafPlaces,
  learnt: Learnt,
): boolean {
  const item = from ?? to;
  if (at.items === undefined || item === undefined) return false;
  return learnt.isUsualItem(at, item, to === undefined ? 'removed' : 'added');
}

const digest = String.raw`(?:~[\w-]{1,24})?`;
/**
 * A mask, with the end of the secret and what tells it from others. Within a text a mask may show no end: other signs than
 * those of words stand behind it then.
 */
const wholeMask = new RegExp(
  `^([\\w-]+ )?${maskMark}[^•~]{0,4}${digest}$|${maskMark}\\w{0,4}${digest}`,
  'g',
);

/** What stands around the secrets in a text. */
function withoutSecrets(text: string): string {
  return text.replaceAll(wholeMask, `$1${maskMark}`);
}

/** Two addresses say nothing of what was stored there. */
function ofStored(from: Json | undefined, to: Json | undefined, isLoose: boolean): Verdict | null {
  const [wasStored, isStored] = [isAddress(from), isAddress(to)];
  if (wasStored && isStored) return from === to ? same : unknown('stored');
  if (!wasStored && !isStored) return null;
  return isLoose && !isNothing(from) && !isNothing(to) ? unknown('stored') : null;
}

function isAddress(value: Json | undefined): boolean {
  return typeof value === 'string' && isStoredText(value);
}

function ofNothing(
  from: Json | undefined,
  to: Json | undefined,
  at: LeafPlaces,
  learnt: Learnt,
  isLoose: boolean,
): Verdict {
  if (!isNothing(from)) {
    return isLoose && isNoWord(from) ? same : { kind: 'different', change: 'removed' };
  }
  if (!isNothing(to)) {
    return isLoose && isNoWord(to) ? same : { kind: 'different', change: 'added' };
  }
  if (isLoose) return same;
  if (from !== undefined && to !== undefined) return changed;
  // One that is empty and one that is missing: where good runs have it the one way and the other, nobody minds.
  const { path, after } = at;
  if (learnt.hasBeen(after.section, path, to)) return { kind: 'folded', shape: 'learnt' };
  return { kind: 'different', change: from === undefined ? 'added' : 'removed' };
}

function ofOtherType(from: Json, to: Json, isLoose: boolean): Verdict {
  if (!isSameWord(from, to)) return changed;
  return isLoose ? same : { kind: 'different', change: 'retyped' };
}

/** As Python writes it: `True` is `true`. */
function isSameWord(from: Json, to: Json): boolean {
  const word = (value: Json) => {
    const text = plainText(value).trim();
    return /^(?:true|false|none|null)$/i.test(text) ? text.toLowerCase() : asNumber(text);
  };
  return word(from) === word(to);
}

/** `5.0` is `5`. */
function asNumber(text: string): string {
  return /^-?\d{1,15}\.0$/.test(text) ? text.slice(0, -2) : text;
}

function isNoWord(value: Json | undefined): boolean {
  return typeof value === 'string' && /^(?:none|null|\[\]|\{\})$/i.test(value);
}

function byShape(
  from: Json,
  to: Json,
  at: LeafPlaces,
  [old, now]: readonly [OwnTime, OwnTime],
  places: SamePlaces,
): Verdict | null {
  const name = nameOf(at);
  const shape = volatileShape(from, name, old);
  if (shape !== null && shape === volatileShape(to, name, now)) {
    if (shape === 'id' && !places.areSame(plainText(from), plainText(to))) {
      return { kind: 'different', change: 'otherPlace' };
    }
    return { kind: 'folded', shape };
  }
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  if (Math.max(from.length, to.length) > longestFolded) return null;
  return foldedText(from, old) === foldedText(to, now) ? { kind: 'folded', shape: 'text' } : null;
}

/** The last name on the way: that of the field, or of the list it is in. */
function nameOf({ path }: LeafPlaces): string {
  return path.findLast((step): step is string => typeof step === 'string') ?? '';
}

function unknown(why: Unknown): Verdict {
  return { kind: 'unknown', why };
}
