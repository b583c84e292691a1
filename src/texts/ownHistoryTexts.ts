import type { OwnPast } from '../protocol/problems.ts';
import type { ToldSign } from '../protocol/signs.ts';
import { payloadText, reliabilityText, slowText } from './problemTexts.ts';
import { signInBrief } from './signTexts.ts';
import type { Translate } from './translate.ts';

/** An execution against those of its flow that ran before it. */
export interface OwnHistory extends Pick<OwnPast, 'usual' | 'node'> {
  readonly signs: readonly ToldSign[];
}

/**
 * What is unusual of an execution, and how reliable the step is where it failed: each a line; none where nothing is. Behind
 * what its problem says, what that does not say.
 */
export function ownHistoryLines(
  { usual, node, signs }: OwnHistory,
  t: Translate,
  problem: Parameters<typeof reliabilityText>[1] = null,
): string[] {
  return [
    usual === null ? '' : slowText(usual, t),
    usual === null ? '' : payloadText(usual, t),
    node === null ? '' : reliabilityText(node, problem, t),
    ...signs.map((sign) => signInBrief(sign, t)),
  ].filter((line) => line !== '');
}
