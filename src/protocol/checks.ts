/**
 * Says what is wrong with a value that came over a border, null where nothing is: what was expected and where,
 * never the value itself, which may be a secret or a megabyte.
 */
export interface Check<T> {
  (value: unknown, at: string): string | null;
  /** Never there: keeps a check of one type from standing in for another's. */
  readonly type?: (value: T) => T;
}

/** A text of at most so many characters. */
export function text(most: number): Check<string> {
  return (value, at) =>
    typeof value === 'string' && value.length <= most
      ? null
      : `${at} is no text of at most ${String(most)} characters`;
}

/** A short text of a certain form. */
export function textLike(pattern: RegExp, most = 200): Check<string> {
  return (value, at) =>
    typeof value === 'string' && value.length <= most && pattern.test(value)
      ? null
      : `${at} does not look like ${pattern.source}`;
}

/** A whole number between two, both included. */
export function whole(least: number, most: number): Check<number> {
  return (value, at) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? null
      : `${at} is no whole number from ${String(least)} to ${String(most)}`;
}

/** True or false. */
export const flag: Check<boolean> = (value, at) =>
  typeof value === 'boolean' ? null : `${at} is neither true nor false`;

/** Null and nothing else. */
export const nothing: Check<null> = (value, at) => (value === null ? null : `${at} is not null`);

/** Bytes, at most so many. */
export function bytes(most: number): Check<Uint8Array> {
  return (value, at) =>
    value instanceof Uint8Array && value.byteLength <= most
      ? null
      : `${at} is not bytes, at most ${String(most)}`;
}

/** One of some texts. */
export function oneOf<T extends string>(...texts: readonly T[]): Check<T> {
  return (value, at) =>
    (texts as readonly unknown[]).includes(value) ? null : `${at} is none of ${texts.join(', ')}`;
}

/** Something, or null. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, at) => (value === null ? null : check(value, at));
}

/** A field that may be missing. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, at) => (value === undefined ? null : check(value, at));
}

/** A list of at most so many. */
export function list<T>(check: Check<T>, most: number): Check<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > most) {
      return `${at} is no list of at most ${String(most)}`;
    }
    for (const [index, item] of value.entries()) {
      const problem = check(item, `${at}[${String(index)}]`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** An object with these fields and no others: what is passed on whole may not carry more. */
export function fields<T extends object>(checks: {
  readonly [K in keyof T]-?: Check<T[K]>;
}): Check<T> {
  const entries = Object.entries(checks) as (readonly [string, Check<unknown>])[];
  const known = new Set(entries.map(([name]) => name));
  return (value, at) => {
    if (!isRecord(value)) return `${at} is no object`;
    const other = Object.keys(value).find((name) => !known.has(name));
    if (other !== undefined) return `${at} has a field that is not known`;
    for (const [name, check] of entries) {
      const problem = check(Object.hasOwn(value, name) ? value[name] : undefined, `${at}.${name}`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** A member of a closed union: `kind` tells by which check. */
export function byKind<T extends { readonly kind: string }>(checks: {
  readonly [K in T['kind']]: Check<Extract<T, { readonly kind: K }>>;
}): Check<T> {
  const known = new Map<unknown, Check<never>>(Object.entries(checks));
  return (value, at) => {
    const check = isRecord(value) ? known.get(value['kind']) : undefined;
    return check === undefined ? `${at} is of no known kind` : check(value, at);
  };
}

/** One of some that nothing tells apart but their fields. */
export function anyOf<T extends readonly unknown[]>(
  ...checks: { readonly [I in keyof T]: Check<T[I]> }
): Check<T[number]> {
  return (value, at) =>
    checks.some((check) => check(value, at) === null) ? null : `${at} is of no known form`;
}

/** Whether it has fields at all. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
