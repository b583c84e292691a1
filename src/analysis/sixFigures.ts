import { isToolCall, type Milliseconds } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';

/** The product's six key figures, with what they are made of. */
export interface SixFigures {
  readonly succeeded: number;
  readonly failed: number;
  /** Ended with code 0 before their end node: neither a success nor a failure. */
  readonly cutOff: number;
  /** Succeeded in those that succeeded or failed, 0 to 1; null for none. */
  readonly successRate: number | null;
  /** Of successful executions; the product shows it to two decimals. */
  readonly cumulativeDurationHours: number;
  /** A person-day is eight hours of successful executions, or of work by hand where a flow says how long it takes. */
  readonly laborSavedPersonDays: number;
  /** Of how many successful executions somebody said how long they take by hand. */
  readonly countedByHand: number;
  /** Executions that began on the reader's day. */
  readonly today: number;
  /** Null where the source doesn't report executions that go on. */
  readonly running: number | null;
  /** Apart from all of these: calls of tools, and builds. */
  readonly toolCalls: number;
  readonly builds: number;
}

/** What the figures depend on beside executions. */
export interface FiguresWorld {
  readonly isToday: (atMs: Milliseconds) => boolean;
  /** Whether the source tells of executions before they end. */
  readonly reportsProgress: boolean;
  /** How long a run of a flow takes by hand, in minutes; undefined for what nobody said. */
  readonly minutesByHand: (flow: string, name: string) => number | undefined;
}

const hoursOfDay = 8;
const msOfHour = 3_600_000;

/** The figures of executions: each that is listed once, what other services did for it being part of it. */
export function sixFigures(all: readonly PastExecution[], world: FiguresWorld): SixFigures {
  const runs = all.filter(isRun);
  const count = (outcome: PastExecution['outcome']) =>
    runs.filter((run) => run.outcome === outcome).length;
  const good = runs.filter(({ outcome }) => outcome === 'succeeded');
  const [succeeded, failed] = [good.length, count('failed')];
  const hours = good.reduce((sum, { durationMs }) => sum + (durationMs ?? 0) / msOfHour, 0);
  return {
    ...{ succeeded, failed, cutOff: count('cancelled') },
    successRate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
    cumulativeDurationHours: hours,
    ...laborSaved(good, world),
    today: runs.filter(({ beginMs }) => beginMs !== null && world.isToday(beginMs)).length,
    running: world.reportsProgress ? count('running') : null,
    toolCalls: all.filter(({ kind }) => isToolCall(kind)).length,
    builds: all.filter(({ kind }) => kind === 'build').length,
  };
}

/** Neither a call of a tool nor a build. */
export function isRun({ kind }: Pick<PastExecution, 'kind'>): boolean {
  return !isToolCall(kind) && kind !== 'build';
}

/** A robot that gets slower saves no more: what it takes by hand wins where somebody said it. */
function laborSaved(
  good: readonly PastExecution[],
  { minutesByHand }: FiguresWorld,
): Pick<SixFigures, 'laborSavedPersonDays' | 'countedByHand'> {
  let [hours, countedByHand] = [0, 0];
  for (const { flow, name, durationMs } of good) {
    const minutes = minutesByHand(flow, name);
    if (minutes !== undefined) countedByHand++;
    hours += minutes === undefined ? (durationMs ?? 0) / msOfHour : minutes / 60;
  }
  return { laborSavedPersonDays: hours / hoursOfDay, countedByHand };
}
