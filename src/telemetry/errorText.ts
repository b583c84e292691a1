import { withoutColours } from '../base/colours.ts';
import { shortened } from './shortened.ts';
import { textOf } from './wireValue.ts';

/** An error as OpenTelemetry describes an exception. */
export interface ExceptionText {
  readonly name: string;
  readonly message: string;
  /** Where it was thrown; empty where it does not say. */
  readonly stack: string;
}

/** A chain of causes is followed this far. */
export const deepestCause = 8;
/** Of an error that stands for several, so many are told. */
const mostParts = 8;
/** A message that says all that a page holds tells nothing at its end. */
const longestMessage = 4_000;
/** So much of a text is read and masked before it is cut to what is kept: signs of colours in it are no text. */
const longestRead = 64_000;
/** What is above these frames is the library that called the robot. */
const mostFrames = 20;
const longestStack = 4_000;

/** Hides what is secret in a text. */
type HideSecrets = (text: string) => string;

const asItIs: HideSecrets = (text) => text;

/** What an error says, with what its causes and its parts add: whoever keeps it masks it before it is cut. */
export function saidBy(error: unknown): string {
  const said = withoutColours(wholeMessage(error, 0));
  return said === '' ? 'an error without a text' : said;
}

/** As much of it as is kept. */
export function messageOf(error: unknown, hide = asItIs): string {
  return shortened(hide(saidBy(error)), longestMessage);
}

/** The error as Node prints it, with its name; it never throws. */
export function printedError(error: unknown): string {
  try {
    return plainText(error);
  } catch {
    return messageOf(error);
  }
}

/** The error in the words of OpenTelemetry. */
export function exceptionOf(error: unknown, hide: HideSecrets): ExceptionText {
  const name = fieldOf(error, 'name');
  return {
    name: typeof name === 'string' && name !== '' ? name : 'Error',
    message: messageOf(error, hide),
    stack: stackOf(error, hide),
  };
}

/** A field of an error, which may be anything, a getter that throws included. */
export function fieldOf(error: unknown, name: string): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    return (error as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** The errors of an `AggregateError`. */
export function partsOf(error: unknown): readonly unknown[] {
  try {
    const parts = fieldOf(error, 'errors');
    return Array.isArray(parts) ? (parts as readonly unknown[]).slice(0, mostParts) : [];
  } catch {
    return [];
  }
}

function wholeMessage(error: unknown, depth: number): string {
  const own = ownMessage(error);
  if (depth >= deepestCause) return own;
  const cause = fieldOf(error, 'cause');
  const parts = depth === 0 ? partsOf(error) : [];
  const more = [
    parts.map((part) => wholeMessage(part, depth + 1)).join('; '),
    cause === undefined || cause === null ? '' : wholeMessage(cause, depth + 1),
  ];
  // Whoever wraps an error often repeats what it said.
  const added = more.filter((text) => text !== '' && !own.includes(text));
  return [own, ...added].filter((text) => text !== '').join(': ');
}

function ownMessage(error: unknown): string {
  const message = fieldOf(error, 'message');
  if (typeof message === 'string' && message !== '') return shortened(message, longestRead);
  // Such as a cause that is a bare `{ code }`: its text would be `[object Object]`.
  const code = fieldOf(error, 'code');
  if (typeof code === 'string' && message === undefined) return code;
  if (partsOf(error).length > 0) return '';
  try {
    return shortened(plainText(error), longestRead);
  } catch {
    return '';
  }
}

/** Lists of lists that share their parts have a text without end, so those are written as values are. */
function plainText(error: unknown): string {
  return Array.isArray(error) ? textOf(error) : String(error);
}

/** The frames of its stack, and what its causes were thrown by. */
function stackOf(error: unknown, hide: HideSecrets): string {
  const stacks: string[] = [];
  let at = error;
  for (let depth = 0; depth < deepestCause && at !== undefined && at !== null; depth++) {
    const stack = fieldOf(at, 'stack');
    if (typeof stack === 'string') stacks.push(shortStack(stack));
    at = fieldOf(at, 'cause');
  }
  return shortened(hide(withoutColours(stacks.join('\ncaused by '))), longestStack);
}

function shortStack(stack: string): string {
  const lines = shortened(stack, longestRead).split('\n');
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  const end = first < 0 ? lines.length : first + mostFrames;
  return lines.slice(0, end).join('\n');
}
