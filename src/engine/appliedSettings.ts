import type { FlowRegistry } from '../answers/flowRegistry.ts';
import type { NumbersView } from '../answers/numbersView.ts';
import type { StoredTexts } from '../answers/storedTexts.ts';
import type { StalledWatch } from '../intake/stalledWatch.ts';
import { noLinearForm } from '../masking/linearForm.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { RedactionProblem, RedactionSettings } from '../masking/redactionSettings.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Caution, usualExecutions } from '../protocol/caution.ts';
import type { EngineSettings } from '../protocol/settings.ts';
import type { Reader } from '../sources/reader.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoreLimits } from '../store/storedExecution.ts';
import type { KeptHistory } from './keptHistory.ts';
import type { KeptMarks } from './keptMarks.ts';

/** Whom settings concern, and what follows from them. */
export interface AppliedSettingsWorld {
  readonly store: ExecutionStore;
  readonly flows: Pick<FlowRegistry, 'recall'>;
  readonly storedTexts: StoredTexts;
  readonly stalled: StalledWatch;
  readonly redaction: Redaction;
  readonly reader: Reader;
  readonly metrics: Metrics;
  readonly history: Pick<KeptHistory, 'configure'>;
  readonly numbers: Pick<NumbersView, 'setMinutesByHand'>;
  readonly readerMarks: Pick<KeptMarks, 'configure'>;
  /** Other rules: what was decoded by the old ones is masked again. */
  readonly maskAgain: () => void;
  readonly onProblem: (problem: RedactionProblem) => void;
  readonly onChange: () => void;
  readonly onNumbers: () => void;
}

/** Before settings arrive. */
const defaultBytes = 128 * 1024 * 1024;

/** Of the store, summaries take half at most: what is opened without being read again is worth the other half. */
export function limitsOf(storeBytes = defaultBytes, caution?: Caution): StoreLimits {
  const limits = { maxBytes: storeBytes, maxExecutions: usualExecutions };
  if (caution !== undefined) {
    limits.maxBytes = caution.storeBytes;
    limits.maxExecutions = caution.maxExecutions;
  }
  return { ...limits, maxSummaryBytes: limits.maxBytes / 2 };
}

/** Hands the settings to all whom they concern. */
export class AppliedSettings {
  private readonly world: AppliedSettingsWorld;
  private redacting: Promise<void> = Promise.resolve();
  private cautionNow: Caution | undefined;

  constructor(world: AppliedSettingsWorld) {
    this.world = world;
  }

  get caution(): Caution | undefined {
    return this.cautionNow;
  }

  async apply(settings: EngineSettings): Promise<void> {
    const { store, flows, storedTexts, stalled, reader, metrics, numbers } = this.world;
    const { onChange, onNumbers } = this.world;
    this.cautionNow = settings.caution;
    store.setLimits(limitsOf(settings.storeBytes, settings.caution));
    flows.recall(settings.flowChoices ?? []);
    storedTexts.configure(settings.largeValues);
    onChange();
    if (numbers.setMinutesByHand(settings.minutesByHand ?? {})) onNumbers();
    stalled.setDelay(settings.stalledAfterMs);
    await this.redact(settings.redaction);
    // Behind the rules: what goes into it was masked by them.
    this.world.history.configure(settings.history ?? null);
    await this.world.readerMarks.configure(settings.marksFolder, settings.history != null);
    reader.setSkipsDamaged(settings.skipDamagedBatches ?? false);
    await metrics.configure(settings.otlp, settings.ledger);
  }

  /** In the order of the settings: what patterns need is loaded first, and the newest settings hold in the end. */
  private redact(settings: RedactionSettings | undefined): Promise<void> {
    this.redacting = this.redacting.catch(() => undefined).then(() => this.redactNow(settings));
    return this.redacting;
  }

  private async redactNow(settings: RedactionSettings | undefined): Promise<void> {
    const { redaction, maskAgain, onProblem, onChange } = this.world;
    const hasPatterns = settings !== undefined && settings.patterns.length > 0;
    const linearForm = hasPatterns
      ? (await import('../masking/linearPattern.ts')).linearPattern
      : noLinearForm;
    const tell = (problem: RedactionProblem) => {
      onProblem(problem);
      // Between two batches, not in the middle of a record: keys hold what is masked of ids.
      if (problem.fault.kind === 'givenUp') queueMicrotask(maskAgain);
      else onChange();
    };
    if (redaction.configure(settings, tell, linearForm)) maskAgain();
  }
}
