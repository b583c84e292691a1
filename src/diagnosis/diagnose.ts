import type { Execution } from '../trace/execution.ts';
import { accessOf } from './access.ts';
import type { Clue } from './clue.ts';
import { type DiagnosisContext, type Facts, gatherFacts } from './facts.ts';
import { failedItemsOf } from './failedItems.ts';
import type { Evidence, Finding } from './finding.ts';
import { limits } from './limits.ts';
import { remediesOf } from './causes.ts';
import { cutOff } from './rules/cutOff.ts';
import { errorLog } from './rules/errorLog.ts';
import { failingNode } from './rules/failingNode.ts';
import { messagePattern } from './rules/messagePattern.ts';
import { productStatus } from './rules/productStatus.ts';
import { recovered } from './rules/recovered.ts';
import { serviceCode } from './rules/serviceCode.ts';
import { tracebackLine } from './tracebackLine.ts';

/** Most telling first: words say more than a code, a code more than the mere fact that a node failed. */
const rules: readonly ((facts: Facts) => Clue | null)[] = [
  messagePattern,
  productStatus,
  serviceCode,
  errorLog,
  failingNode,
];

/**
 * Why an execution failed: one main finding with the evidence of all rules, then what else is worth
 * knowing. Empty for one that just succeeded.
 */
export function diagnose(execution: Execution, context: DiagnosisContext): readonly Finding[] {
  const facts = gatherFacts(execution, context);
  return [mainCause(facts), cutOff(facts), ...recovered(facts)].filter(
    (finding) => finding !== null,
  );
}

function mainCause(facts: Facts): Finding | null {
  const { execution, context } = facts;
  if (execution.summary.outcome !== 'failed') return null;
  const clues = rules.flatMap((rule) => rule(facts) ?? []);
  const main = mostTelling(clues);
  if (main === undefined) return null;
  const { failing } = context;
  const failedItems = failing?.runKey == null ? undefined : failedItemsOf(facts, [failing.runKey]);
  const evidence = distinct([
    ...clues.flatMap((clue) => clue.evidence),
    ...facts.texts.map((text) => text.evidence),
    ...(main.category === 'timeout' ? limits(facts, main.cause) : []),
  ]);
  const codeLine = tracebackLine(evidence);
  return {
    ...main,
    ...(failedItems === undefined ? {} : { failedItems }),
    ...(main.category === 'permission' ? accessOf(facts) : {}),
    severity: 'error',
    node:
      failing === null
        ? null
        : { nodeId: failing.nodeId, runKey: failing.runKey, name: failing.name },
    code: clues.find((clue) => clue.code !== null)?.code ?? null,
    evidence,
    ...(codeLine === null ? {} : { codeLine }),
    remedies: remediesOf(main.category, main.cause),
  };
}

/** The product's code 1 only says "failed": any other clue that names a category says more. */
function mostTelling(clues: readonly Clue[]): Clue | undefined {
  return clues.find(({ category }) => category !== 'unknown') ?? clues[0];
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ source, runKey }) => {
    const place =
      source.kind === 'log' ? source.index : source.kind === 'setting' ? source.part : '';
    const key = `${source.kind} ${place} ${runKey ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
