import { expect, test } from 'vitest';
import { createInstruments } from '../../../src/metrics/instruments.ts';
import { recordExecution } from '../../../src/metrics/recordExecution.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aSummary } from '../../support/builders.ts';

/** What reaches the instruments, as lines. */
function recorded(parts: Partial<ExecutionSummary>): string[] {
  const lines: string[] = [];
  const instrument = (name: string) => {
    const take = (value: number, attributes?: unknown) =>
      lines.push(`${name} ${String(value)} ${JSON.stringify(attributes)}`);
    return { add: take, record: take };
  };
  const meter = { createCounter: instrument, createHistogram: instrument };
  recordExecution(createInstruments(meter as never), aSummary(parts));
  return lines;
}

test.each<[string, Partial<ExecutionSummary>, string[]]>([
  [
    'a success, in milliseconds',
    { durationMs: 2_864 },
    [
      'server_request_total 1 {"server_name":"workflow","func":"workflow","flow_id":"7379450201923928066","ret":0}',
      'server_request_time_microseconds 2864 {"server_name":"workflow","func":"workflow","flow_id":"7379450201923928066"}',
    ],
  ],
  [
    'a failure of a service without a flow',
    { service: 'rpa-server', kind: 'rpa', flowId: '', code: 55_003, durationMs: 0 },
    [
      'server_request_total 1 {"server_name":"rpa-server","func":"rpa","ret":55003}',
      'server_request_time_microseconds 0 {"server_name":"rpa-server","func":"rpa"}',
    ],
  ],
  [
    'one without usable times',
    { flowId: '', durationMs: null },
    ['server_request_total 1 {"server_name":"workflow","func":"workflow","ret":0}'],
  ],
  [
    'one whose ids are masked',
    { service: '••••', flowId: '••••c3f1~O8UHsW_L63Cm', durationMs: null },
    ['server_request_total 1 {"func":"workflow","ret":0}'],
  ],
  [
    'one with a text for an id',
    { flowId: 'x'.repeat(129), durationMs: null },
    ['server_request_total 1 {"server_name":"workflow","func":"workflow","ret":0}'],
  ],
  [
    'one that ended before it began',
    { flowId: '', durationMs: -5 },
    ['server_request_total 1 {"server_name":"workflow","func":"workflow","ret":0}'],
  ],
])('%s', (_, parts, lines) => {
  expect(recorded(parts)).toEqual(lines);
});
