import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeExecution, decodeExecutionData, decodeNodeData } from '../../../support/decoded.ts';
import { decodeRecord } from '../../../../src/decode/decodeRecord.ts';
import { parseFlow } from '../../../../src/flow/parseFlow.ts';
import type { ConsumedRecord } from '../../../../src/record/consumedRecord.ts';
import { readRecords } from '../../../../src/sources/files/readRecords.ts';
import {
  invoiceFlow,
  ordersFlow,
  statementFlow,
  vendorFlow,
} from '../../../../src/sources/sample/sampleFlows.ts';
import { sampleRobotSteps } from '../../../../src/sources/sample/writtenSteps.ts';
import { usualRules } from '../../../support/usualRules.ts';

const workspace = new URL('../../../../media/sample-workspace/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, workspace), 'utf8');
const traceFiles = readdirSync(new URL('traces/', workspace)).map((file) => `traces/${file}`);

/** Everything that the decoder shows of a record, as text. */
function shown(record: ConsumedRecord): string {
  const execution = decodeExecution(record);
  const data = execution.runs.map(({ key }) => decodeNodeData(record, key));
  return JSON.stringify([
    decodeRecord(record, usualRules),
    execution,
    decodeExecutionData(record),
    data,
  ]);
}

/** The robot's first ten minutes. */
function robotRecords(): ConsumedRecord[] {
  const records: ConsumedRecord[] = [];
  const startMs = Date.UTC(2026, 10, 24, 8);
  for (const { value, timestampMs } of sampleRobotSteps({ seed: 5, startMs })) {
    if (timestampMs > startMs + 600_000) break;
    const offset = String(records.length);
    const bytes = new TextEncoder().encode(value);
    records.push({
      topic: 'sample-robot',
      partition: 0,
      offset,
      timestampMs,
      key: null,
      value: bytes,
    });
  }
  return records;
}

describe.each([invoiceFlow, ordersFlow, statementFlow, vendorFlow])(
  'the flow file $file',
  (flow) => {
    const parsed = parseFlow(textOf(flow.file), flow.file);
    const document = parsed.ok ? parsed.value : undefined;
    const nodes = Object.values(flow.nodes);

    it('holds the nodes that the robot runs, under their names', () => {
      const inFile = document?.nodes.map(({ id, name }) => `${id} ${name}`).sort();
      expect(inFile).toEqual(nodes.map(({ id, name }) => `${id} ${name}`).sort());
    });

    it('links them as the robot says', () => {
      const inFile = document?.edges.map(({ source, target }) => `${source} > ${target}`).sort();
      expect(inFile).toEqual(
        nodes.flatMap(({ id, next }) => next.map((to) => `${id} > ${to}`)).sort(),
      );
    });

    it('shows no secret but pretended ones', () => {
      const secrets =
        textOf(flow.file).match(/(?<=(?:apiKey|apiSecret|password)"?: "?)[^"\s]+/g) ?? [];
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) expect(secret).toMatch(/^EXAMPLE-/);
    });
  },
);

describe('the records of the sample', () => {
  const recorded = traceFiles.map((file): [string, ConsumedRecord[]] => [
    file,
    [...readRecords(readFileSync(new URL(file, workspace)), file)],
  ]);
  const all: [string, ConsumedRecord[]][] = [...recorded, ['the robot', robotRecords()]];

  it.each(all)('%s are all read', (_name, records) => {
    expect(records.length).toBeGreaterThan(4);
    const rejected = records
      .map((record) => decodeRecord(record, usualRules))
      .filter((result) => !result.ok);
    expect(rejected).toEqual([]);
  });

  it.each(all)('%s show none of the secrets that they carry', (_name, records) => {
    const carried = records.map(({ value }) => new TextDecoder().decode(value ?? undefined));
    expect(carried.join('\n')).toContain('EXAMPLE-');
    // Every tenth is enough of the robot: it repeats itself.
    const looked = records.length < 100 ? records : records.filter((_record, at) => at % 10 === 0);
    for (const record of looked) expect(shown(record)).not.toMatch(/EXAMPLE-|13800138000/);
  });

  it('of the robot tell their failures', () => {
    const endings = new Set<string>();
    for (const record of robotRecords()) {
      const result = decodeRecord(record, usualRules);
      if (!result.ok || !result.value.final || result.value.summary.kind !== 'workflow') continue;
      const { summary } = result.value;
      const failing = decodeExecution(record).summary.failing;
      endings.add(`${summary.outcome} ${String(summary.code)} ${failing?.name ?? ''}`.trim());
    }
    expect([...endings].sort()).toEqual([
      // The engine of 2025 leaves no entry of the node that failed; only the flow file names it.
      'failed 21300',
      'failed 21300 录入 ERP',
      'failed 21300 录入订单',
      'failed 22302 录入 ERP',
      'succeeded 0',
    ]);
  });
});
