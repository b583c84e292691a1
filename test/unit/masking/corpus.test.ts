import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactionRules } from '../../../src/masking/redactionRules.ts';
import { recordWith } from '../../support/fixtures.ts';
import { corpusPlaces, plantedCases, type CorpusPlace } from '../../support/secretCorpus.ts';

const rules = createRedactionRules();
/** Of all, in percent. */
const leastRecall = 99;

/** A record that holds a value in one place. */
function recordOf(place: CorpusPlace, value: Json): ReturnType<typeof recordWith> {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const data = {
    input: place === 'input' ? { value } : place === 'key' ? { [text]: 'x' } : {},
    output: place === 'output' ? { value } : {},
    config: place === 'config' ? { value } : {},
  };
  return recordWith({
    ...{ sid: 's1', sub: 'workflow', question: '', answer: '' },
    status: { code: 21600, message: place === 'message' ? text : 'failed' },
    trace: [
      {
        ...{ id: 'n1', node_id: 'ifly-code::1', running_status: false, data },
        node_name: place === 'name' ? text : 'step',
        logs: place === 'log' ? [JSON.stringify({ level: 'ERROR', message: text, time: '' })] : [],
      },
    ],
  });
}

/** Everything that is shown or saved of it. */
function shownOf(record: ReturnType<typeof recordWith>): string {
  const opened = openRecord(record, rules);
  const execution = opened.execution();
  const data = execution.runs.map(({ key }) => opened.nodeData(key));
  const shown = [decodeRecord(record, rules), execution, opened.executionData(), data];
  return JSON.stringify(shown) + maskedRecordText(record, rules);
}

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
    const shown = shownOf(recordOf(place, value));
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
