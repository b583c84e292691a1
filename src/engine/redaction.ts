import { randomUUID } from 'node:crypto';
import { decodeRecord } from '../decode/decodeRecord.ts';
import { keptSummary } from '../decode/keptSummary.ts';
import { createRedactor } from '../decode/redact.ts';
import { type LinearForm, noLinearForm } from '../decode/redaction/linearForm.ts';
import { createRedactionRules, type RedactionRules } from '../decode/redaction/redactionRules.ts';
import type { RedactionProblem, RedactionSettings } from '../protocol/engineProtocol.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

const usual: RedactionSettings = { patterns: [], names: [], allowReveal: false };

/** By which rules secrets are masked now, and whether a masked value may be shown. */
export class Redaction {
  private readonly salt = randomUUID();
  private current: RedactionRules;
  private settings = usual;
  private changes = 0;
  private found: readonly RedactionProblem[] = [];

  constructor() {
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

  /** Masks by the new rules what was decoded by the old ones. */
  maskAgain(store: ExecutionStore, rejected: RejectedStore): void {
    store.redecode((stored) => this.summaryOf(stored));
    const redactor = createRedactor([], this.current);
    rejected.remask((preview) => this.current.patterns.guard(() => redactor.text(preview)));
  }

  /** Of a record whose bytes left the window, what is kept is masked once more: masks of before stay. */
  private summaryOf({ record, summary }: StoredExecution): ExecutionSummary {
    const decoded = record.value === null ? undefined : decodeRecord(record, this.current);
    if (decoded?.ok === true) return decoded.value.summary;
    const redactor = createRedactor([], this.current);
    const masked = this.current.patterns.guard(() => ({
      ...summary,
      sid: redactor.id(summary.sid),
      flowId: redactor.id(summary.flowId),
      nodeIds: summary.nodeIds.map((id) => redactor.id(id)),
      subject: redactor.text(summary.subject),
      message: redactor.text(summary.message),
      nodeNames: summary.nodeNames.map((name) => redactor.text(name)),
      failing:
        summary.failing === null
          ? null
          : { ...summary.failing, name: redactor.text(summary.failing.name) },
    }));
    return keptSummary(masked);
  }
}
