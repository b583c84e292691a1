import { type OwnHistory, ownHistoryLines } from '../texts/ownHistoryTexts.ts';
import type { Translate } from '../texts/translate.ts';

/** What is unusual of an execution as plain data for programs, with its sentences. */
export function ownHistoryJson(history: OwnHistory, t: Translate) {
  const { usual, node, signs } = history;
  return {
    usual,
    reliability: node,
    signs: signs.map(({ place, name, ...sign }) => ({
      ...{ ...sign, nodeId: place.nodeId, node: place.name, path: name },
    })),
    unusual: ownHistoryLines(history, t),
  };
}
