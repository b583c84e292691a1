import { searchSteps } from './regexSteps.ts';

/** What a piece of work read of texts. */
export interface CountedWork<T> {
  readonly value: T;
  /** Characters looked at and steps of expressions: the same on every machine, however busy. */
  readonly units: number;
  /** The same by what did it, the most first. */
  readonly by: readonly (readonly [name: string, units: number])[];
}

/** Work was ended because it read more than it may. */
export class TooMuchWork extends Error {}

/**
 * Counts what `work` reads of texts: each step that an engine takes which backtracks, each character that is
 * sought through. A clock would tell of the machine as well. Ends it, by an error, beyond `most`.
 */
export function countWork<T>(work: () => T, most = Number.POSITIVE_INFINITY): CountedWork<T> {
  const counter = new Counter(most);
  try {
    counter.watch();
    const value = work();
    return { value, units: counter.units, by: counter.sorted() };
  } finally {
    counter.stop();
  }
}

/** What a call costs, by what it was called on, with and gave. */
type Cost = (self: unknown, args: readonly unknown[], value: unknown) => number;

class Counter {
  units = 0;
  private readonly most: number;
  private readonly by = new Map<string, number>();
  private readonly replaced: (() => void)[] = [];
  /** What counts is not counted itself. */
  private isCounting = false;

  constructor(most: number) {
    this.most = most;
  }

  watch(): void {
    this.replaceExec();
    const texts = String.prototype;
    const length: Cost = (self) => String(self).length;
    this.replace(texts, 'indexOf', sought);
    this.replace(texts, 'includes', (self, [part, from]) =>
      sought(self, [part, from], String(self).indexOf(String(part), Number(from ?? 0))),
    );
    this.replace(texts, 'lastIndexOf', (self, [, from], value) => {
      const begin = Math.min(Number(from ?? Number.POSITIVE_INFINITY), String(self).length);
      return 1 + Math.max(0, begin - Number(value));
    });
    this.replace(texts, 'startsWith', (self, [part, from]) =>
      sameFrom(String(self), String(part), Number(from ?? 0)),
    );
    this.replace(texts, 'endsWith', (_self, [part]) => String(part).length);
    for (const name of ['charAt', 'charCodeAt', 'codePointAt'] as const)
      this.replace(texts, name, () => 1);
    for (const name of ['replaceAll', 'split', 'toLowerCase', 'toUpperCase', 'normalize'] as const)
      this.replace(texts, name, length);
    this.replace(JSON, 'parse', (_self, [text]) => String(text).length);
  }

  stop(): void {
    for (const undo of this.replaced) undo();
  }

  sorted(): (readonly [string, number])[] {
    return [...this.by].sort(([, a], [, b]) => b - a);
  }

  /** All that takes an expression comes down to `exec`, once somebody replaced it. */
  private replaceExec(): void {
    let from = 0;
    const cost: Cost = (self, [text], found) => {
      const pattern = self as RegExp;
      const match = found as RegExpExecArray | null;
      const { steps, end } = searchSteps(pattern, String(text), from);
      // Both must see the same, or what is counted is something else.
      if (end !== (match === null ? -1 : match.index + match[0].length))
        throw new Error(`Counted wrongly: ${String(pattern)} in ${JSON.stringify(text)}`);
      return steps;
    };
    const begin = (self: unknown) => {
      const pattern = self as RegExp;
      from = pattern.global || pattern.sticky ? pattern.lastIndex : 0;
    };
    const name = (self: unknown) => `/${(self as RegExp).source.slice(0, 100)}/`;
    this.replace(RegExp.prototype, 'exec', cost, { name, begin });
  }

  private replace(
    holder: object,
    name: string,
    cost: Cost,
    more: { name?: (self: unknown) => string; begin?: (self: unknown) => void } = {},
  ): void {
    const before = Object.getOwnPropertyDescriptor(holder, name);
    if (before === undefined) throw new Error(`Nothing to watch: ${name}`);
    const native = before.value as (...args: unknown[]) => unknown;
    const count = (self: unknown, args: readonly unknown[], value: unknown) => {
      this.charge(more.name?.(self) ?? name, cost(self, args, value));
    };
    const isBusy = () => this.isCounting;
    const during = (work: () => void) => {
      this.isCounting = true;
      try {
        work();
      } finally {
        this.isCounting = false;
      }
    };
    const counting = function (this: unknown, ...args: unknown[]): unknown {
      if (isBusy()) return native.apply(this, args);
      more.begin?.(this);
      const value = native.apply(this, args);
      during(() => {
        count(this, args, value);
      });
      return value;
    };
    Object.defineProperty(holder, name, { ...before, value: counting });
    this.replaced.push(() => Object.defineProperty(holder, name, before));
  }

  private charge(name: string, amount: number): void {
    this.units += amount;
    this.by.set(name, (this.by.get(name) ?? 0) + amount);
    if (this.units > this.most) {
      const most = this.sorted().slice(0, 3);
      throw new TooMuchWork(most.map(([what, units]) => `${String(units)} by ${what}`).join('; '));
    }
  }
}

/** What lies before the place that was found, or all that there is. */
const sought: Cost = (self, [, from], value) => {
  const found = Number(value);
  const until = found < 0 ? String(self).length : found;
  return 1 + Math.max(0, until - Number(from ?? 0));
};

function sameFrom(text: string, part: string, from: number): number {
  let same = 0;
  while (same < part.length && text[from + same] === part[same]) same++;
  return 1 + same;
}
