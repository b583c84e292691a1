import { coreMessage } from '../../trace/coreMessage.ts';
import { isToolCall } from '../../trace/execution.ts';
import { type CauseId, causeOf, causes } from '../causes.ts';
import type { Clue } from '../clue.ts';
import type { Facts } from '../facts.ts';
import type { Evidence } from '../finding.ts';
import { tellingLine } from '../tellingLine.ts';

/** What the ERROR logs of the failing node, or the status message, say in so many words. */
export function messagePattern(facts: Facts): Clue | null {
  const { texts, execution } = facts;
  const found = causeOf(texts);
  if (found === undefined) return null;
  const cause = isOthersCode(found.cause, facts) ? 'serviceFailed' : found.cause;
  const { category } = causes[cause];
  return {
    rule: 'messagePattern',
    category,
    cause,
    said: lineOf(found.cause, found.text.text),
    code: null,
    evidence: [
      found.text.evidence,
      ...(cause === 'sixtySecondWall' ? duration(execution.summary.durationMs) : []),
    ],
    confidence: 'likely',
  };
}

/** Enough of one to know it again. */
const longestLine = 200;

/** The line of a text that tells a cause, without what others put around it. */
function lineOf(cause: CauseId, text: string): string {
  const core = coreMessage(text).trim();
  const line = tellingLine(cause, core) || (core.split('\n')[0] ?? '');
  return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line;
}

/** Nodes that ask a service, whose code nobody of the flow can mend. */
const asksService = /^(?:plugin|mcp|agent|knowledge-(?:expert-|pro-)?base)$/;

/** What a tool's own code raised is a fault of that tool. */
function isOthersCode(cause: CauseId, { failingRun, execution }: Facts): boolean {
  const isTool = failingRun === null && isToolCall(execution.summary.kind);
  return cause === 'codeRaised' && (isTool || asksService.test(failingRun?.type ?? ''));
}

/** An empty detail alone could have other reasons; a minute beside it hardly. */
function duration(durationMs: number | null): Evidence[] {
  if (durationMs === null) return [];
  const source = { kind: 'duration', ms: durationMs } as const;
  return [{ source, value: `${String(durationMs)} ms`, runKey: null }];
}
