import { expect, test } from 'vitest';

import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { NodeSetting } from '../../../src/flow/flowDocument.ts';
import { evidenceField, findingDetail } from '../../../src/texts/findingTexts.ts';
import type { Json } from '../../../src/base/json.ts';
import type { NodeRun } from '../../../src/trace/execution.ts';
import { aNodeData, aRun, aSummary } from '../../support/builders.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const range = { start: 0, end: 1 };
const set = (value: string, unit?: NodeSetting['unit']): NodeSetting => ({
  ...{ range, value },
  ...(unit !== undefined && { unit }),
});
const limitTold = /It ran for 1 min 0 s\. (.*) Robots are polled/;

const robotTimeout = 'RPA node request failed(Timeout error)';
const nodeTimeout = 'Node execution failed(Node execution timeout)';

function found(
  parts: Partial<NodeRun>,
  settings: { timeout?: NodeSetting; retry?: NodeSetting } = {},
  message = robotTimeout,
  more: {
    readonly config?: readonly [name: string, value: Json][];
    readonly flowChangedMs?: number;
  } = {},
) {
  const run = aRun({ status: 'failed', error: message, ...parts });
  const { nodeId, key, name } = run;
  const [finding] = diagnose(
    {
      suspectTypes: [],
      summary: aSummary({ outcome: 'failed', code: 22_302, message, beginMs: 1_000 }),
      runs: [run],
    },
    {
      failing: { nodeId, runKey: key, name, inferred: false, afterNodeId: null },
      flow: null,
      settingsOf: (id) => (id === nodeId ? settings : undefined),
      nodeData: () =>
        aNodeData({
          logs: [{ level: 'ERROR', message, time: '' }],
          config: (more.config ?? []).map(([name, value]) => ({
            ...{ name, value, form: 'json', round: null },
          })),
        }),
      ...(more.flowChangedMs !== undefined && { flowChangedMs: more.flowChangedMs }),
    },
  );
  if (finding === undefined) throw new Error('nothing was found');
  const told = finding.evidence
    .filter(({ source }) => ['duration', 'setting', 'poll'].includes(source.kind))
    .map(({ source, value }) => `${evidenceField(source)}: ${value}`);
  return { told, detail: findingDetail(finding, t, { language: 'en', nowMs: 0 }) };
}

test.each<[string, Partial<NodeRun>, Parameters<typeof found>[1], string[]]>([
  ['how long it ran', { durationMs: 60_004, type: 'plugin' }, {}, ['duration: 60004 ms']],
  ['nothing where nobody knows', { durationMs: null }, {}, []],
  [
    'what it is granted, by its flow file',
    { durationMs: 8_003, type: 'rpa' },
    { timeout: set('8'), retry: set('maxRetries: 2') },
    ['duration: 8003 ms', 'timeout: 8', 'retry: maxRetries: 2'],
  ],
  ['a setting without a value', { durationMs: null }, { timeout: set('') }, []],
  [
    'that robots are asked every ten seconds',
    { durationMs: 300_410, type: 'rpa' },
    {},
    ['duration: 300410 ms', 'poll: 30 × 10000 ms'],
  ],
  ['no step of ten seconds', { durationMs: 306_000, type: 'rpa' }, {}, ['duration: 306000 ms']],
  ['no robot', { durationMs: 300_410, type: 'plugin' }, {}, ['duration: 300410 ms']],
])('of a timeout it tells %s', (_, run, settings, expected) => {
  expect(found(run, settings).told).toEqual(expected);
});

test('a node that its own limit ends is ended at once', () => {
  const { told } = found({ durationMs: 60_004, type: 'rpa' }, {}, nodeTimeout);
  expect(told).toEqual(['duration: 60004 ms']);
});

test('other failures are not measured by limits', () => {
  const { told, detail } = found(
    { durationMs: 60_004, type: 'rpa' },
    { timeout: set('60') },
    'element not found: #btnSave',
  );
  expect(told).toEqual([]);
  expect(detail).not.toContain('limit');
});

test('it says so in sentences', () => {
  const { detail } = found({ durationMs: 60_004, type: 'rpa' }, { timeout: set('60', 's') });
  expect(detail).toContain(
    'It ran for 1 min 0 s. The time limit in its flow file: 60 s. Robots are polled about every 10.0 s, so this time isn’t exact.',
  );
});

test.each<[string, NodeSetting, Parameters<typeof found>[3], string]>([
  ['no unit', set('60'), {}, 'The time limit in its flow file: 60, without a unit.'],
  ['a unit in its value', set('PT1M'), {}, 'The time limit in its flow file: PT1M.'],
  [
    'a file that is as it was',
    set('60', 's'),
    { flowChangedMs: 900 },
    'The time limit in its flow file: 60 s.',
  ],
  [
    'a file that was changed since',
    set('90', 's'),
    { flowChangedMs: 1_100 },
    'The time limit in its flow file is now 90 s; the file has changed since this run began.',
  ],
  [
    'its own, as the file has it',
    set('60', 's'),
    { config: [['retry_config', { timeout: 60, max_retries: 2 }]] },
    'The time limit in that run: 60 s.',
  ],
  [
    'its own, as text',
    set('60', 's'),
    { config: [['retryConfig', '{"timeout": 60}']] },
    'The time limit in that run: 60 s.',
  ],
  [
    'its own, another than the file',
    set('90', 's'),
    { config: [['retry_config', { timeout: 60 }]] },
    'The time limit in that run: 60 s. The flow file now says 90 s.',
  ],
  [
    'its own, in milliseconds',
    set('60', 's'),
    { config: [['timeoutMs', 60_000]] },
    'The time limit in that run: 60000 ms. The flow file now says 60 s.',
  ],
  [
    'nothing of its own',
    set('60', 's'),
    {
      config: [
        ['url', 'x'],
        ['retry_config', { timeout: null }],
      ],
    },
    'The time limit in its flow file: 60 s.',
  ],
])('of a limit with %s it tells what held', (_, timeout, more, told) => {
  const { detail } = found({ durationMs: 60_004, type: 'rpa' }, { timeout }, robotTimeout, more);
  expect(limitTold.exec(detail)?.[1]).toBe(told);
});
