import { createPlainRules } from '../masking/redactionRules.ts';
import { TextMask } from '../masking/textMask.ts';
import { maskMark } from '../trace/masked.ts';
import { printedError } from './printedError.ts';
import { maskedWire } from './maskedWire.ts';
import type { Mask } from './hidingMask.ts';
import { formsOf, withOwn, withoutForms } from './ownSecrets.ts';
import type { Form, HideOwn } from './ownSecrets.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';
import { nameOf } from './wireValue.ts';

export type { Mask } from './hidingMask.ts';

/** Which secrets never leave: by the name of a field, by their shape, or themselves. */
export interface MaskOptions {
  /**
   * Names of fields that are hidden beside the usual ones, whatever their case and dashes and what stands before
   * them: `apiKey` hides `RPA_API_KEY`. In a text, what follows such a name is hidden.
   */
  readonly names?: readonly string[] | undefined;
  /** The same instead of the usual ones. What its own shape gives away (keys, addresses with passwords) is hidden all the same. */
  readonly only?: readonly string[] | undefined;
  /** What matches is hidden wherever it stands. */
  readonly patterns?: readonly RegExp[] | undefined;
  /** Secrets the robot knows itself, hidden wherever they stand: variables, say, which may be missing. */
  readonly values?: readonly (string | undefined)[] | undefined;
}

/** Makes what hides secrets, as a tracer does. */
export function createMask(options: MaskOptions = {}): Mask {
  const mask = ruledMask(options);
  const own = ownHiding(options);
  return own === undefined ? mask : withOwn(mask, own);
}

/** What the rules hide, with the names that were added. */
export function ruledMask(given: MaskOptions | undefined): Mask {
  const { names, only } = optionsIn(given);
  if (names === undefined && only === undefined) return usualMask();
  return maskByNames(texts(names), only === undefined ? undefined : texts(only));
}

/** What hides the patterns and values of the robot's own; undefined where there are none. */
export function ownHiding(
  given: MaskOptions | undefined,
  log: TelemetryLog = stderrLog(),
): HideOwn | undefined {
  const options = optionsIn(given);
  const expressions = listOf(options.patterns).flatMap((pattern) => everywhere(pattern, log));
  const values = valuesIn(texts(options.values));
  if (expressions.length === 0 && values.length === 0) return undefined;
  return (text, isNumber) => {
    let masked = withoutForms(text, values, isNumber);
    for (const expression of expressions) masked = masked.replace(expression, maskMark);
    return masked;
  };
}

/** In JavaScript they may be `true` or null; rather too much is hidden than nothing. */
function optionsIn(given: MaskOptions | undefined): MaskOptions {
  return (given as MaskOptions | null | undefined) ?? {};
}

let usual: Mask | undefined;

/** What is hidden unless told otherwise. One for all: it remembers what it has judged, and nothing of whom. */
export function usualMask(): Mask {
  return (usual ??= maskByNames([], undefined));
}

/** A name or an id without what is secret in it: of a header, a query, a line that was split. */
export function shownName(name: unknown, mask: Mask | undefined): string {
  const text = nameOf(name);
  return mask === undefined ? text : mask.text(text);
}

function maskByNames(names: readonly string[], only: readonly string[] | undefined): Mask {
  const nameOptions = { only: only !== undefined, asEndings: true };
  const asked = { names: [...names, ...(only ?? [])], nameOptions };
  const redactor = new TextMask([], createPlainRules(asked));
  return {
    value: (name, value) => maskedWire(name, value, redactor),
    text: (text) => redactor.text(text),
  };
}

/**
 * In JavaScript a pattern may be its text, and one alone no list. Always one of our own: the robot may be in the middle of
 * using its own, which remembers a place, and one that is tied to a place is not found elsewhere.
 */
function everywhere(pattern: unknown, log: TelemetryLog): RegExp[] {
  const isExpression = pattern instanceof RegExp;
  if (!isExpression && (typeof pattern !== 'string' || pattern === '')) return [];
  const flags = isExpression ? pattern.flags.replace(/[gy]/g, '') : '';
  try {
    return [new RegExp(isExpression ? pattern.source : pattern, `${flags}g`)];
  } catch (error) {
    log('warn', `createMask: one of mask.patterns is left out: ${printedError(error)}`);
    return [];
  }
}

function listOf(items: unknown): readonly unknown[] {
  if (items === undefined || items === null) return [];
  return Array.isArray(items) ? (items as readonly unknown[]) : [items];
}

function texts(items: unknown): string[] {
  return listOf(items).filter((item) => typeof item === 'string');
}

/** The longest first, as one may be a part of another. */
function valuesIn(values: readonly string[]): readonly Form[] {
  const all = new Map(values.flatMap(formsOf));
  return [...all].sort(([a], [b]) => b.length - a.length);
}
