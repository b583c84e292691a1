import { decodeRecord } from '../decode/decodeRecord.ts';
import { keptSummary } from '../decode/keptSummary.ts';
import { createRedactor } from '../decode/redact.ts';
import { createRedactionRules, type RedactionRules } from '../decode/redaction/redactionRules.ts';
import type { RedactionProblem, RedactionSettings } from '../protocol/engineProtocol.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

const usual: RedactionSettings = { patterns: [], names: [], allowReveal: false };

/** By which rules secrets are masked now, and whether a masked value may be shown. */
export class Redaction {
  private current: RedactionRules = createRedactionRules();
  private settings = usual;
  private changes = 0;

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

  /** Takes the settings; answers whether anything changed. */
  configure(
    settings: RedactionSettings = usual,
    onProblem: (problem: RedactionProblem) => void = () => undefined,
  ): boolean {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return false;
    this.settings = settings;
    this.current = createRedactionRules(settings, onProblem);
    this.changes++;
    return true;
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
