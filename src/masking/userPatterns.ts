import { maskMark, maskSecret } from './maskSecret.ts';
import { compilePattern, type PatternFault } from './compilePattern.ts';
import type { LinearForm, Replace } from './linearForm.ts';
import { noPatterns, type UserPatterns } from './noPatterns.ts';
import { Watch } from './watch.ts';

/** A pattern of the settings that is not applied, or was given up, by its place in the list, from 0. */
export interface PatternProblem {
  readonly index: number;
  readonly fault: PatternFault;
}

/** How long things may take. What takes longer is done again more carefully; nothing is concluded from it. */
export interface PatternLimits {
  /** A record with all that is done to it; an honest one takes a fraction of it. */
  readonly recordMs: number;
  /** One pattern, in all texts of a record, however short they are. */
  readonly patternMs: number;
  /** And so much more for each character: an automaton takes a tenth of it. */
  readonly patternMsPerChar: number;
}

const usualLimits: PatternLimits = { recordMs: 500, patternMs: 2_000, patternMsPerChar: 0.01 };

/** To watch a text costs as much as an automaton takes for so many characters. */
const unwatchedChars = 256;

/** Compiles the patterns; tells `onProblem` of those that are left out now, and of one that is given up later. */
export function createUserPatterns(
  sources: readonly string[],
  onProblem: (problem: PatternProblem) => void,
  linearForm: LinearForm,
  limits = usualLimits,
): UserPatterns {
  const patterns: Pattern[] = [];
  sources.forEach((source, index) => {
    const compiled = compilePattern(source);
    if (!compiled.ok) {
      onProblem({ index, fault: compiled.error });
      return;
    }
    const { expression, mayExplode } = compiled.value;
    const pattern = new Pattern(index, expression, linearForm);
    if (!mayExplode || pattern.preferAutomaton()) patterns.push(pattern);
    else onProblem({ index, fault: { kind: 'tooSlow' } });
  });
  return patterns.length === 0 ? noPatterns : new GuardedPatterns(patterns, onProblem, limits);
}

/** A pattern in both its forms: the runtime's expression, fast on nearly all texts, and an automaton, safe on all. */
class Pattern {
  readonly index: number;
  spentMs = 0;
  chars = 0;
  private readonly expression: RegExp;
  private automaton: Replace | null | undefined;
  private prefersAutomaton = false;
  private readonly linearForm: LinearForm;

  constructor(index: number, expression: RegExp, linearForm: LinearForm) {
    this.index = index;
    this.linearForm = linearForm;
    this.expression = expression;
  }

  mask(text: string): string {
    const automaton = this.prefersAutomaton ? this.safely : undefined;
    return automaton === undefined ? text.replace(this.expression, hide) : automaton(text, hide);
  }

  /** Undefined where the pattern has no such form. */
  get safely(): Replace | undefined {
    this.automaton ??= this.linearForm(this.expression) ?? null;
    return this.automaton ?? undefined;
  }

  /** From now on; false where there is none. What was interrupted is made anew: it may have been left half changed. */
  preferAutomaton(): boolean {
    this.automaton = undefined;
    this.prefersAutomaton = this.safely !== undefined;
    return this.prefersAutomaton;
  }
}

const hide = (found: string) => maskSecret(found);

/**
 * Texts are masked under a watch that is set around a whole record, for it costs as much as a small one. When it
 * ends the work, that says nothing of the patterns: something else may have been slow. So the work is done again,
 * now without a limit, but with each pattern as an automaton, or where it has no such form, under a watch of its
 * own. A pattern that is too slow even then is given up, and because nobody knows what it would have found, every
 * text is hidden from there on.
 */
class GuardedPatterns implements UserPatterns {
  readonly any = true;
  private readonly patterns: readonly Pattern[];
  private readonly onProblem: (problem: PatternProblem) => void;
  private readonly limits: PatternLimits;
  private readonly watch = new Watch();
  private mode: 'idle' | 'together' | 'alone' = 'idle';
  private running: Pattern | undefined;
  private hidesAll = false;

  constructor(
    patterns: readonly Pattern[],
    onProblem: (problem: PatternProblem) => void,
    limits: PatternLimits,
  ) {
    this.patterns = patterns;
    this.onProblem = onProblem;
    this.limits = limits;
  }

  mask(text: string): string {
    if (text === '') return text;
    if (this.mode === 'idle' && !this.hidesAll) return this.guard(() => this.mask(text));
    let masked = text;
    for (const pattern of this.patterns) {
      if (this.hidesAll) break;
      masked = this.mode === 'alone' ? this.maskAlone(pattern, masked) : this.run(pattern, masked);
    }
    return this.hidesAll ? maskMark : masked;
  }

  guard<T>(work: () => T): T {
    if (this.mode !== 'idle' || this.hidesAll) return work();
    const done = this.in('together', () => this.watch.run(this.limits.recordMs, work));
    if (done !== undefined) return done.value;
    // If it was this one, it shall not cost each record as much.
    this.running?.preferAutomaton();
    for (const pattern of this.patterns) {
      pattern.spentMs = 0;
      pattern.chars = 0;
    }
    return this.in('alone', work);
  }

  private in<T>(mode: 'together' | 'alone', work: () => T): T {
    this.mode = mode;
    this.running = undefined;
    try {
      return work();
    } finally {
      this.mode = 'idle';
    }
  }

  private run(pattern: Pattern, text: string): string {
    this.running = pattern;
    const masked = pattern.mask(text);
    this.running = undefined;
    return masked;
  }

  private maskAlone(pattern: Pattern, text: string): string {
    const { patternMs, patternMsPerChar } = this.limits;
    pattern.chars += text.length;
    const leftMs = patternMs + pattern.chars * patternMsPerChar - pattern.spentMs;
    const sinceMs = performance.now();
    const automaton = pattern.safely;
    const work = () => automaton?.(text, hide) ?? pattern.mask(text);
    const done =
      automaton !== undefined && text.length <= unwatchedChars
        ? { value: work() }
        : this.watch.run(leftMs, work);
    const tookMs = performance.now() - sinceMs;
    pattern.spentMs += tookMs;
    if (done !== undefined && tookMs <= leftMs) return done.value;
    this.hidesAll = true;
    this.onProblem({ index: pattern.index, fault: { kind: 'givenUp' } });
    return maskMark;
  }
}
