import { createContext, Script } from 'node:vm';

import { maskSecret } from './maskSecret.ts';
import { patternFault, type PatternFault } from './patternFault.ts';

/** A pattern of the settings that is not applied, by its place in the list, from 0. */
export interface PatternProblem {
  readonly index: number;
  readonly fault: PatternFault;
}

/** The reader's own patterns of secrets. */
export interface UserPatterns {
  /** Masks all that they find in a text. */
  mask(text: string): string;
  /** Runs what masks texts; ends it where a pattern never would, and runs it again without that one. */
  guard<T>(work: () => T): T;
}

/** What a guarded piece of work may take at first; an honest one takes a fraction of it. */
const firstLimitMs = 500;
/** Work that is long by itself is given so much more, so often. */
const growth = 4;
const attempts = 4;

interface Pattern {
  readonly index: number;
  readonly expression: RegExp;
  spentMs: number;
}

/** Compiles the patterns; tells `onProblem` of those that are left out, now or when one proves too slow. */
export function createUserPatterns(
  sources: readonly string[],
  onProblem: (problem: PatternProblem) => void,
): UserPatterns {
  const patterns: Pattern[] = [];
  sources.forEach((source, index) => {
    const checked = patternFault(source);
    if (checked.ok) patterns.push({ index, expression: checked.value, spentMs: 0 });
    else onProblem({ index, fault: checked.error });
  });
  return patterns.length === 0 ? nothing : new GuardedPatterns(patterns, onProblem);
}

const nothing: UserPatterns = {
  mask: (text) => text,
  guard: (work) => work(),
};

/**
 * A regular expression can't be interrupted from within its thread but by `node:vm`'s time limit, which ends
 * all that runs under it. To set one up costs 0.4 ms, so it is set around a record, not around each text.
 */
class GuardedPatterns implements UserPatterns {
  private patterns: readonly Pattern[];
  private readonly onProblem: (problem: PatternProblem) => void;
  private readonly script = new Script('run()');
  private running: { readonly pattern: Pattern; readonly sinceMs: number } | undefined;
  private isGuarded = false;

  constructor(patterns: readonly Pattern[], onProblem: (problem: PatternProblem) => void) {
    this.patterns = patterns;
    this.onProblem = onProblem;
  }

  mask(text: string): string {
    let masked = text;
    for (const pattern of this.patterns) {
      const sinceMs = performance.now();
      this.running = { pattern, sinceMs };
      masked = masked.replace(pattern.expression, (found) => maskSecret(found));
      this.running = undefined;
      pattern.spentMs += performance.now() - sinceMs;
    }
    return masked;
  }

  guard<T>(work: () => T): T {
    if (this.isGuarded || this.patterns.length === 0) return work();
    let limitMs = firstLimitMs;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const done = this.within(limitMs, work);
      if (done !== undefined) return done.value;
      if (!this.stopSlowest(limitMs / 2)) limitMs *= growth;
      if (this.patterns.length === 0) return work();
    }
    // Whatever it was that took so long, from here on it is none of these.
    while (this.stopSlowest(0));
    return work();
  }

  /** Undefined when the time was over. */
  private within<T>(limitMs: number, work: () => T): { readonly value: T } | undefined {
    let value: { readonly value: T } | undefined;
    for (const pattern of this.patterns) pattern.spentMs = 0;
    const run = () => {
      value = { value: work() };
    };
    this.isGuarded = true;
    try {
      this.script.runInContext(createContext({ run }), { timeout: limitMs });
      return value;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return undefined;
    } finally {
      this.isGuarded = false;
    }
  }

  private stopSlowest(leastMs: number): boolean {
    if (this.running !== undefined) {
      const { pattern, sinceMs } = this.running;
      pattern.spentMs += performance.now() - sinceMs;
      this.running = undefined;
    }
    const [slowest] = [...this.patterns].sort((a, b) => b.spentMs - a.spentMs);
    if (slowest === undefined || slowest.spentMs < leastMs) return false;
    this.patterns = this.patterns.filter((pattern) => pattern !== slowest);
    this.onProblem({ index: slowest.index, fault: { kind: 'tooSlow' } });
    return true;
  }
}

/** Not `instanceof`: the error may be another context's. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
