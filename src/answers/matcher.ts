import { assertNever } from '../base/assertNever.ts';
import { isWithin, type Condition } from '../query/terms.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { type ExecutionSummary, isToolCall } from '../trace/execution.ts';
import type { KnownCauses } from './knownCauses.ts';

/** What is asked of summaries; texts are looked for in payloads. */
export type SummaryCondition = Exclude<Condition, { readonly kind: 'text' }>;

type MatchedCauses = Pick<KnownCauses, 'of' | 'problemOf' | 'failingOf'>;

/** Tells which executions are as a filter wants them, by their summaries; payloads are not looked into here. */
export class Matcher {
  /**
   * Node ids and names in lower case, by list: all runs of a flow share theirs, and a key press must not
   * write a million names anew.
   */
  private readonly lowered = new WeakMap<readonly string[], string>();
  private readonly causes: MatchedCauses;

  constructor(causes: MatchedCauses) {
    this.causes = causes;
  }

  matches(
    { summary, sortMs }: StoredExecution,
    name: string,
    condition: SummaryCondition,
  ): boolean {
    switch (condition.kind) {
      case 'word':
        return (
          holds(condition.text, [name, summary.subject, summary.sid, summary.service]) ||
          holds(condition.text, [summary.outcome, String(summary.code)]) ||
          this.hasNode(summary, condition.text)
        );
      case 'status':
        return summary.outcome === condition.outcome;
      case 'kind':
        return isToolCall(summary.kind) === (condition.of === 'tool');
      case 'node':
        return this.hasNode(summary, condition.text);
      case 'failing':
        return this.failsIn(summary, condition.text);
      case 'cause':
        return this.causes.of(summary)?.toLowerCase() === condition.of;
      case 'problem':
        return this.causes.problemOf(summary.key) === condition.id;
      case 'service':
        return holds(condition.text, [summary.service]);
      case 'sid':
        return holds(condition.text, [summary.sid]);
      case 'flow':
        return holds(condition.text, [name, summary.flowId, summary.subject]);
      case 'duration':
        return isWithin(summary.durationMs, condition.within);
      case 'code':
        return isWithin(summary.code, condition.within);
      case 'time':
        return isWithin(sortMs, condition.within);
      default:
        return assertNever(condition);
    }
  }

  private hasNode(summary: ExecutionSummary, part: string): boolean {
    return (
      this.lower(summary.nodeNames).includes(part) ||
      this.lower(summary.nodeIds).includes(part) ||
      this.failsIn(summary, part)
    );
  }

  private failsIn(summary: ExecutionSummary, part: string): boolean {
    const failing = this.causes.failingOf(summary);
    return failing !== null && holds(part, [failing.name, failing.nodeId ?? '']);
  }

  private lower(list: readonly string[]): string {
    let text = this.lowered.get(list);
    if (text === undefined) {
      // A filter is one line, so nothing is found across two names.
      text = list.join('\n').toLowerCase();
      this.lowered.set(list, text);
    }
    return text;
  }
}

function holds(part: string, texts: readonly string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(part));
}
