import { withoutColours } from '../base/colours.ts';
import { fieldOf } from './fieldOf.ts';
import { plainText } from './printedError.ts';
import { shortened } from './shortened.ts';

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
/** Each part may have causes and parts of its own: of all together so many are told. */
const mostTold = 32;
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
  const told = new Told();
  told.takes(error);
  const said = withoutColours(wholeMessage(error, 0, told));
  return said === '' ? 'an error without a text' : said;
}

/** As much of it as is kept. */
export function messageOf(error: unknown, hide = asItIs): string {
  return shortened(hide(saidBy(error)), longestMessage);
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

/** The errors of an `AggregateError`. */
export function partsOf(error: unknown): readonly unknown[] {
  try {
    const parts = fieldOf(error, 'errors');
    return Array.isArray(parts) ? (parts as readonly unknown[]).slice(0, mostParts) : [];
  } catch {
    return [];
  }
}

/** What is told of an error and those that it names, each once. */
class Told {
  private readonly seen = new Set<unknown>();

  /** Whether this one is to be told. */
  takes(error: unknown): boolean {
    if (error === undefined || error === null) return false;
    if (this.seen.has(error) || this.seen.size >= mostTold) return false;
    this.seen.add(error);
    return true;
  }
}

function wholeMessage(error: unknown, depth: number, told: Told): string {
  const own = ownMessage(error);
  if (depth >= deepestCause) return own;
  const sayAll = (errors: readonly unknown[]) => {
    const said = errors.flatMap((each) =>
      told.takes(each) ? wholeMessage(each, depth + 1, told) || [] : [],
    );
    return said.join('; ');
  };
  const more = [sayAll(partsOf(error)), sayAll([fieldOf(error, 'cause')])];
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
  return shortened(plainText(error) ?? '', longestRead);
}

/** The frames of its stack, and where its parts and causes were thrown. */
function stackOf(error: unknown, hide: HideSecrets): string {
  const stacks: string[] = [];
  const told = new Told();
  const add = (at: unknown, how: string, depth: number) => {
    if (!told.takes(at) || depth >= deepestCause) return;
    const stack = fieldOf(at, 'stack');
    if (typeof stack === 'string') stacks.push((stacks.length > 0 ? how : '') + shortStack(stack));
    for (const part of partsOf(at)) add(part, 'one of them ', depth + 1);
    add(fieldOf(at, 'cause'), 'caused by ', depth + 1);
  };
  add(error, '', 0);
  return shortened(hide(withoutColours(stacks.join('\n'))), longestStack);
}

function shortStack(stack: string): string {
  const lines = shortened(stack, longestRead).split('\n');
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  const end = first < 0 ? lines.length : first + mostFrames;
  return lines.slice(0, end).join('\n');
}
