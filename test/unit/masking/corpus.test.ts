import { describe, expect, it } from 'vitest';

import { shownAt } from '../../support/plantedRecord.ts';
import { corpusPlaces, plantedCases } from '../../support/secretCorpus.ts';

/** Of all, in percent. */
const leastRecall = 99;

interface Recall {
  planted: number;
  readonly leaks: string[];
}

const byKind = new Map<string, Recall>();
for (const { kind, value, parts } of plantedCases()) {
  const recall = byKind.get(kind) ?? { planted: 0, leaks: [] };
  byKind.set(kind, recall);
  for (const place of corpusPlaces) {
    recall.planted++;
    const shown = shownAt(place, value);
    const leak = parts.find((part) => shown.includes(part));
    if (leak !== undefined) recall.leaks.push(`${place}: ${JSON.stringify(value)} shows ${leak}`);
  }
}
const all = [...byKind.values()];
const planted = all.reduce((sum, recall) => sum + recall.planted, 0);
const leaked = all.reduce((sum, { leaks }) => sum + leaks.length, 0);
const percent = (masked: number, of: number) => ((masked / of) * 100).toFixed(1);

describe(`of ${String(planted)} planted secrets ${percent(planted - leaked, planted)} % are masked`, () => {
  it('which are enough', () => {
    expect(planted).toBeGreaterThanOrEqual(1_500);
    expect(((planted - leaked) / planted) * 100).toBeGreaterThanOrEqual(leastRecall);
  });

  it.each(
    [...byKind].map(([kind, { planted: of, leaks }]) => ({
      kind,
      of,
      leaks,
      recall: percent(of - leaks.length, of),
    })),
  )('$kind: $recall % of $of', ({ leaks }) => {
    expect(leaks).toEqual([]);
  });
});
