import { err, ok, type Result } from '../base/result.ts';

/** Why a pattern of the settings is not applied. */
export type PatternFault =
  /** `detail`: the engine's own words, without the pattern. */
  | { readonly kind: 'invalid'; readonly detail: string }
  | { readonly kind: 'unknownFlag'; readonly detail: string }
  /** It finds nothing at all, which stands everywhere. */
  | { readonly kind: 'matchesEmpty' }
  | { readonly kind: 'tooLong' }
  /** Its time may double with each character (what was found is asked for again): nobody can wait for it. */
  | { readonly kind: 'tooSlow' }
  /** It was applied until it took too long on some text; since then all texts are hidden. */
  | { readonly kind: 'givenUp' };

/** A pattern that can be applied. */
export interface CompiledPattern {
  readonly expression: RegExp;
  /** Its time may double with each character, where it is tried as it is. */
  readonly mayExplode: boolean;
}

/** So often a group may be repeated that can be read in more than one way: `(\d{1,3}\.){3}`. */
const mostReadings = 8;
/** Longer ones are lists of words, and better written as several. */
const longestPattern = 1_000;

/** Compiles a pattern, written bare or as `/…/flags`; tells what is wrong with it. */
export function compilePattern(source: string): Result<CompiledPattern, PatternFault> {
  if (source.length > longestPattern) return err({ kind: 'tooLong' });
  const written = /^\/(.+)\/([a-z]*)$/is.exec(source);
  const body = written?.[1] ?? source;
  const flags = written?.[2] ?? '';
  const unknown = /[^gimsu]/.exec(flags)?.[0];
  if (unknown !== undefined) return err({ kind: 'unknownFlag', detail: unknown });
  let expression: RegExp;
  try {
    expression = new RegExp(body, [...new Set(`${flags}g`)].join(''));
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    return err({ kind: 'invalid', detail: words.slice(words.lastIndexOf(': ') + 2) });
  }
  return new RegExp(`^(?:${body})`, expression.flags.replace('g', '')).exec('')?.[0] === ''
    ? err({ kind: 'matchesEmpty' })
    : ok({ expression, mayExplode: repeatsRepetition(body) });
}

interface Group {
  /** Holds a choice or a repetition of its own: read in more than one way. */
  varies: boolean;
}

const element =
  /\\(?:k<[^>]*>|[1-9]|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[\s\S]/g;
const repetition = /[*+?]\??|\{(\d+)(,?)(\d*)\}\??/y;

/**
 * Whether a group that can be read in more than one way is repeated (`(a+)*`, `(a|b)+`), or what it found is
 * asked for again: these alone take exponential time. What is faster than that is found out when it is applied.
 */
function repeatsRepetition(body: string): boolean {
  const open: Group[] = [{ varies: false }];
  element.lastIndex = 0;
  for (let found = element.exec(body); found !== null; found = element.exec(body)) {
    const sign = found[0];
    const group = open.at(-1);
    if (group === undefined || /^\\(?:k<|[1-9])/.test(sign)) return true;
    if (sign === '|') group.varies = true;
    else if (sign.startsWith('(')) open.push({ varies: false });
    else {
      const closed = sign === ')' && open.length > 1 ? open.pop() : undefined;
      const outer = open.at(-1);
      const times = timesAt(body, element.lastIndex);
      element.lastIndex += times.length;
      if (closed?.varies === true && times.most > mostReadings) return true;
      if (outer !== undefined && (times.varies || closed?.varies === true)) outer.varies = true;
    }
  }
  return false;
}

/** How often what stands before is repeated. */
function timesAt(body: string, at: number): { length: number; most: number; varies: boolean } {
  repetition.lastIndex = at;
  const found = repetition.exec(body);
  if (found === null) return { length: 0, most: 1, varies: false };
  const [sign, least, comma, most] = found;
  if (least === undefined) {
    return { length: sign.length, most: sign.startsWith('?') ? 1 : Infinity, varies: true };
  }
  const highest = comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
  return { length: sign.length, most: highest, varies: comma !== '' };
}
