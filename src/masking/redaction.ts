import { randomUUID } from 'node:crypto';
import { digest } from './digest.ts';
import { createRedactor } from './redact.ts';
import { type LinearForm, noLinearForm } from './linearForm.ts';
import { createRedactionRules } from './createRedactionRules.ts';
import type { RedactionRules } from './redactionRules.ts';
import type { RedactionProblem, RedactionSettings } from './redactionSettings.ts';

/** Grows with a version that masks more than those before it: what was kept by them is another. */
const ownRevision = 1;

const usual: RedactionSettings = { patterns: [], names: [], allowReveal: false };

/** By which rules secrets are masked now, and whether a masked value may be shown. */
export class Redaction {
  private readonly salt: string;
  private current: RedactionRules;
  private settings = usual;
  private changes = 0;
  private found: readonly RedactionProblem[] = [];

  /** `salt` goes into the marks of masked ids: of each engine another one, so that nobody looks them up. */
  constructor(salt: string = randomUUID()) {
    this.salt = salt;
    this.current = createRedactionRules(undefined, undefined, this.salt);
  }

  get rules(): RedactionRules {
    return this.current;
  }

  get allowReveal(): boolean {
    return this.settings.allowReveal;
  }

  /** Grows with every change of the rules: what was decoded before is old. */
  get revision(): number {
    return this.changes;
  }

  /** Stands for the rules wherever and whenever they are the same: with what they masked it can be kept. */
  get mark(): string {
    const { patterns, names } = this.settings;
    return digest(JSON.stringify([ownRevision, patterns, names]));
  }

  /** A text that was masked before, by the rules of now as well. */
  textAgain(text: string): string {
    const redactor = createRedactor([], this.current);
    return this.current.patterns.guard(() => redactor.text(text));
  }

  /** The same of an id, whose mark stays the same. */
  idAgain(id: string): string {
    return this.maskIds((maskId) => maskId(id));
  }

  /** What is wrong with the patterns; one that is given up joins them while records are read. */
  get problems(): readonly RedactionProblem[] {
    return this.found;
  }

  /** Takes the settings; answers whether anything changed. */
  configure(
    settings: RedactionSettings = usual,
    onProblem: (problem: RedactionProblem) => void = () => undefined,
    linearForm: LinearForm = noLinearForm,
  ): boolean {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return false;
    this.settings = settings;
    this.found = [];
    this.current = createRedactionRules(
      settings,
      ({ index: place, fault }) => {
        const { level, index } = settings.origins?.[place] ?? { level: 'user', index: place };
        const problem: RedactionProblem = { level, index, fault };
        this.found = [...this.found, problem];
        // What is open was made while the pattern was applied.
        this.changes++;
        onProblem(problem);
      },
      this.salt,
      linearForm,
    );
    this.changes++;
    return true;
  }

  /** Hands out what masks ids, for as long as they are used. */
  maskIds<T>(use: (maskId: (id: string) => string) => T): T {
    const redactor = createRedactor([], this.current);
    return this.current.patterns.guard(() => use((id) => redactor.id(id)));
  }
}
