import { describe, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { ByteReader, ByteWriter } from '../../../src/history/byteStream.ts';
import type { DatedRecord } from '../../../src/history/historyRecord.ts';
import {
  type Dictionary,
  packExecution,
  unpackExecution,
  unpackHead,
} from '../../../src/history/packing.ts';
import type { ExecutionKind, NodeRun, Outcome } from '../../../src/trace/execution.ts';
import { aPastNode } from '../../support/pastBuilders.ts';
import { aKept, noonMs } from './world.ts';

/** A dictionary in memory; of size 0 it takes nothing. */
function texts(size = Infinity): Dictionary {
  const all: string[] = [];
  return {
    idOf(text) {
      const at = all.indexOf(text);
      if (at >= 0) return at + 1;
      if (all.length >= size) return 0;
      return all.push(text);
    },
    textOf: (id) => all[id - 1] ?? '',
    partsOf: (id) => all[id - 1]?.split('\0') ?? [],
  };
}

const resources = {
  ...{ cpuMs: 12, memoryBytes: 80_000_000, eventLoopUtilization: 0.4321, eventLoopDelayMs: null },
};
const cases: readonly (readonly [string, Partial<PastExecution>])[] = [
  ['the least', {}],
  [
    'a usual sid',
    { sid: 'spf00090000@hf1a2094e57960009782', key: 'spf/spf00090000@hf1a2094e57960009782' },
  ],
  ['a sid that looks like one', { sid: 'spf00090000@hf1a2094e5796000978', key: 'workflow/x' }],
  ['no sid', { sid: '', key: 'workflow/0:17' }],
  ['a call', { key: 'rpa-server/a/0badf00d', kind: 'rpa', outcome: 'cancelled' }],
  ['no duration', { durationMs: null, outcome: 'unreported', kind: 'build' }],
  ['a code below 0', { code: -1 }],
  ['large sums', { tokens: 2 ** 40, recordBytes: 2 ** 33, storedValues: 3, revision: 'v1.2' }],
  ['resources', { resources }],
  ['a late event loop', { resources: { ...resources, eventLoopDelayMs: 3.125 } }],
  ['one that was never late', { resources: { ...resources, eventLoopDelayMs: 0 } }],
  ['inputs and outputs', { payloadBytes: 2 ** 21, nodes: [aPastNode({ beginMs: noonMs })] }],
  [
    'a failure',
    {
      outcome: 'failed',
      code: 21300,
      failure: {
        ...{ nodeId: 'rpa::1', name: '保存', cause: 'elementNotFound', category: 'notFound' },
        text: '未找到元素：#save 🙂',
      },
    },
  ],
  [
    'a failure of what was called, called itself',
    {
      ...{ outcome: 'failed', calledFrom: 'spf00090000@hf1a2094e57960009782' },
      failure: {
        ...{ nodeId: 'flow::1', name: 'Sub', cause: null, category: 'unknown', text: 'no' },
        calls: '7379450201923930001',
      },
    },
  ],
  [
    'a failure of which several logs tell',
    {
      ...{ outcome: 'failed', payloadBytes: 12, kind: 'other' },
      failure: {
        ...{ nodeId: 'n', name: 'N', cause: null, category: 'node', text: 'no' },
        also: ['未找到元素', 'Gave up\0'],
      },
    },
  ],
  ['called from another one', { calledFrom: 'a', payloadBytes: 12 }],
  [
    'a failure of nobody',
    {
      outcome: 'failed',
      failure: { nodeId: null, name: '', cause: null, category: 'unknown', text: '' },
    },
  ],
  [
    'nodes',
    {
      nodes: [
        aPastNode({ beginMs: noonMs + 5 }),
        aPastNode({ nodeId: 'b', beginMs: noonMs - 7, status: 'unended', durationMs: null }),
        aPastNode({ nodeId: 'c', beginMs: null, count: 3, ownMs: 20, waitedMs: 0, lostMs: 9 }),
        aPastNode({ nodeId: 'd', beginMs: noonMs, ownMs: null, tokens: 8, logCount: 2, resources }),
        aPastNode({ nodeId: 'e', name: '', type: '', status: 'recovered', durationMs: 0 }),
      ],
    },
  ],
];

describe.each([
  ['with', Infinity],
  ['without', 0],
])('%s shared texts', (_, size) => {
  test.each(cases)('comes back as it was: %s', (_name, parts) => {
    const record = aKept(parts, 2 ** 40, 12) as DatedRecord;
    const shared = texts(size);
    expect(unpackExecution(packExecution(record, shared), noonMs, shared)).toEqual(record);
  });
});

const kinds: Readonly<Record<ExecutionKind, true>> = {
  ...{ workflow: true, build: true, rpa: true, link: true, aitools: true, agent: true },
  other: true,
};
const outcomes: Readonly<Record<Outcome, true>> = {
  ...{ succeeded: true, failed: true, cancelled: true, running: true, stalled: true },
  unreported: true,
};
const statuses: Readonly<Record<NodeRun['status'], true>> = {
  ...{ succeeded: true, failed: true, recovered: true, running: true, unended: true },
};
const words = [
  ...Object.keys(kinds).map((kind) => ({ kind }) as Partial<PastExecution>),
  ...Object.keys(outcomes).map((outcome) => ({ outcome }) as Partial<PastExecution>),
  ...Object.keys(statuses).map((status) => ({
    nodes: [aPastNode({ status: status as NodeRun['status'], beginMs: null, durationMs: null })],
  })),
];

test.each(words)(
  'a word is none of the flags that share its byte, with or without them: %j',
  (of) => {
    const shared = texts();
    const failure = { nodeId: 'n', name: '', cause: null, category: 'node', text: '' } as const;
    const rows: readonly Partial<PastExecution>[] = [
      { failure: null, durationMs: null },
      { failure: { ...failure, also: ['no'] }, resources },
    ];
    for (const row of rows) {
      const record = aKept({ ...row, ...of }) as DatedRecord;
      const bytes = packExecution(record, shared);
      expect(unpackExecution(bytes, noonMs, shared)).toEqual(record);
      const { flow, kind, outcome, durationMs } = record.execution;
      const head = { flow, kind, outcome, durationMs, isSub: false };
      expect(unpackHead(bytes, shared)).toEqual(head);
    }
  },
);

test('bytes that end too early are no execution', () => {
  const shared = texts();
  const bytes = packExecution(aKept({ nodes: [aPastNode()] }) as DatedRecord, shared);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => unpackExecution(bytes.subarray(0, length), noonMs, shared)).toThrow(RangeError);
  }
});

test.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, 2 ** 52, Number.MAX_SAFE_INTEGER])(
  'the number %d comes back',
  (value) => {
    const out = new ByteWriter();
    out.count(value);
    expect(new ByteReader(out.done()).count()).toBe(value);
  },
);

test.each([0, -1, 1, -64, 64, -(2 ** 40)])('the number %d comes back with its sign', (value) => {
  const out = new ByteWriter();
  out.whole(value);
  expect(new ByteReader(out.done()).whole()).toBe(value);
});

test('a text longer than the room is written whole', () => {
  const out = new ByteWriter();
  out.text('文'.repeat(5_000));
  expect(new ByteReader(out.done()).text()).toBe('文'.repeat(5_000));
});
