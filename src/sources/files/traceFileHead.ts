/** The extension of a file that holds executions and what belongs to them: packed with gzip, a head and then records. */
export const traceFileExtension = 'rpatrace';

/** A flow file as it was when its executions were saved, masked. */
export interface KeptFlow {
  readonly name: string;
  readonly text: string;
}

/** How a problem stood: what passed since it failed is not in the file. */
export interface KnownStanding extends Readonly<
  Record<'passes' | 'needed' | 'lastMs' | 'lastRunMs', number> &
    Record<'sinceMs' | 'resolvedMs' | 'backMs', number | null>
> {
  /** One of the words of a state, if whoever wrote the file keeps to them. */
  readonly state: string;
  readonly wasResolved: boolean;
  readonly isMarkedFixed: boolean;
}

/**
 * What was known, where one execution was saved, of others that the file does not hold: counts and times, nothing of their
 * records.
 */
export interface KnownElsewhere {
  /** Which execution that is. */
  readonly sid: string;
  readonly beginMs: number | null;
  /** How often the flow failed as it did, in how many runs since when, and how that stood when it was saved. */
  readonly failed:
    | (Readonly<Record<'count' | 'of' | 'sinceMs', number>> & { readonly stands: KnownStanding })
    | null;
  /** In how many runs what differs first from one is. */
  readonly first:
    | (Readonly<Record<'count' | 'of' | 'otherwise' | 'sinceMs' | 'unread', number>> & {
        /** The sid of the one that it was compared with. */
        readonly other: string;
        readonly isFromStart: boolean;
        readonly isOfLast?: true;
      })
    | null;
}

/** What stands before the records of a trace file, on its first line. */
export interface TraceFileHead {
  readonly flows: readonly KeptFlow[];
  /** Where it was saved for one execution: others are in it to compare with, and tell nothing of how often something happened. */
  readonly known?: KnownElsewhere | undefined;
}

/** The longest head that is read: a console refuses to import a flow of more than 20 MB. */
export const mostHeadBytes = 64 * 1024 * 1024;
/** Executions of more flows than these are saved from no list. */
export const mostKeptFlows = 20;

const begin = '{"rpaTraceFile":1,';
const beginBytes = new TextEncoder().encode(begin);

/** The first line of a trace file, with its line break. */
export function traceFileHead({ flows, known }: TraceFileHead): string {
  return `${begin}${JSON.stringify({ flows, known }).slice(1)}\n`;
}

/** Whether a piece of a file is such a head: no record begins like it. */
export function isTraceFileHead(piece: Uint8Array): boolean {
  return beginBytes.every((byte, at) => piece[at] === byte);
}

/** Reads the first line of a file; null where it is no head. Whoever wrote it, what comes out is texts. */
export function readTraceFileHead(line: string): TraceFileHead | null {
  if (!line.startsWith(begin)) return null;
  try {
    const head: unknown = JSON.parse(line);
    const flows: unknown = Reflect.get(Object(head), 'flows');
    const known = knownElsewhere(Reflect.get(Object(head), 'known'));
    return {
      flows: Array.isArray(flows) ? flows.slice(0, mostKeptFlows).flatMap(keptFlow) : [],
      ...(known && { known }),
    };
  } catch {
    return null;
  }
}

function keptFlow(given: unknown): readonly KeptFlow[] {
  if (typeof given !== 'object' || given === null) return [];
  const name: unknown = Reflect.get(given, 'name');
  const text: unknown = Reflect.get(given, 'text');
  return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [];
}

function knownElsewhere(given: unknown): KnownElsewhere | undefined {
  const field = (name: string): unknown => Reflect.get(Object(given), name);
  const [sid, beginMs] = [field('sid'), field('beginMs')];
  if (typeof sid !== 'string' || !(beginMs === null || isCount(beginMs))) return undefined;
  const failed = counts(field('failed'), ['count', 'of', 'sinceMs']);
  const stands = knownStanding(Reflect.get(Object(field('failed')), 'stands'));
  const first = counts(field('first'), ['count', 'of', 'otherwise', 'sinceMs', 'unread']);
  const other: unknown = Reflect.get(Object(field('first')), 'other');
  const says = (name: string) => Reflect.get(Object(field('first')), name) === true;
  const isFromStart = says('isFromStart');
  const isOfLast = says('isOfLast') ? ({ isOfLast: true } as const) : {};
  const isWhole = first !== null && typeof other === 'string';
  return {
    ...{ sid, beginMs },
    failed: failed && stands && { ...failed, stands },
    first: isWhole ? { ...first, other, isFromStart, ...isOfLast } : null,
  };
}

function knownStanding(given: unknown): KnownStanding | null {
  const field = (name: string): unknown => Reflect.get(Object(given), name);
  const found = counts(given, ['passes', 'needed', 'lastMs', 'lastRunMs']);
  const state = field('state');
  if (found === null || typeof state !== 'string') return null;
  const moment = (name: string) => {
    const value = field(name);
    return isCount(value) && value <= latestMs ? value : null;
  };
  return {
    ...{ ...found, state, wasResolved: field('wasResolved') === true },
    isMarkedFixed: field('isMarkedFixed') === true,
    ...{ sinceMs: moment('sinceMs'), resolvedMs: moment('resolvedMs'), backMs: moment('backMs') },
  };
}

/** As far as dates reach: a moment behind it can't be shown, and takes the page with it that tries to. */
const latestMs = 8.64e15;

/** Null where one of them is none. */
function counts<Name extends string>(
  given: unknown,
  names: readonly Name[],
): Readonly<Record<Name, number>> | null {
  const found: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const count: unknown = Reflect.get(Object(given), name);
    if (!isCount(count) || (name.endsWith('Ms') && count > latestMs)) return null;
    found[name] = count;
  }
  return found as Record<Name, number>;
}

function isCount(given: unknown): given is number {
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0;
}
