import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { revealValue } from '../../../src/decode/revealValue.ts';
import { recordFixtures, recordOf, recordsOf } from '../../support/fixtures.ts';

const rules = createRedactionRules();

describe('one value', () => {
  it('is given as it stands in the record', () => {
    const record = recordOf('36-');
    const opened = openRecord(record, rules);
    const run = opened.execution().runs.find(({ type }) => type === 'rpa');
    const config = opened.nodeData(run?.key ?? '')?.config ?? [];
    const index = config.findIndex(({ value }) => JSON.stringify(value).includes('••••'));
    expect(index).toBeGreaterThanOrEqual(0);
    const plain = revealValue(record, rules, run?.key ?? '', { section: 'config', index });
    expect(JSON.stringify(plain)).toMatch(/EXAMPLE-|PLANTED-|hunter2/);
    expect(JSON.stringify(plain)).not.toContain('••••');
  });

  it('of the execution itself', () => {
    const place = { section: 'input', index: 0 } as const;
    expect(revealValue(recordOf('02-'), rules, null, place)).toMatchObject({
      access_token: expect.stringContaining('EXAMPLE-') as string,
    });
  });

  it('of the execution itself: its answer, and what stands beside', () => {
    const record = recordOf('02-');
    const { answer, fields } = openRecord(record, rules).executionData();
    const at = (section: 'output' | 'other', index: number) =>
      revealValue(record, rules, null, { section, index });
    expect(at('output', 0)).toStrictEqual(answer.value);
    expect(fields.length).toBeGreaterThan(0);
    expect(at('other', 0)).toStrictEqual(fields[0]?.value);
    expect(at('other', fields.length)).toBeUndefined();
  });

  it('of a log, of the message of its execution, and of what names a node', () => {
    const failed = recordOf('36-');
    const opened = openRecord(failed, rules);
    const runs = opened.execution().runs;
    const rpa = runs.find(({ type }) => type === 'rpa')?.key ?? '';
    const [line] = opened.nodeData(rpa)?.logs ?? [];
    expect(line?.message).toContain('••••');
    const at = (section: 'logs' | 'message', index: number) =>
      revealValue(failed, rules, rpa, { section, index });
    expect(at('logs', 0)).toBe(
      'login of bob with PLANTED-iv-0008 refused; password=PLANTED-pl-0009',
    );
    expect(at('logs', 1)).toBeUndefined();
    expect(at('message', 0)).toBe(
      'RPA node request failed(login of bob with PLANTED-iv-0008 refused)',
    );
    expect(revealValue(failed, rules, null, { section: 'message', index: 0 })).toBe(
      at('message', 0),
    );
  });

  it('of an id that holds a token, and of the execution beside it', () => {
    const agent = recordOf('22-');
    const run = openRecord(agent, rules)
      .execution()
      .runs.find(({ nodeId }) => nodeId.includes('••••'));
    const of = (section: 'name' | 'id', key: string | null) =>
      revealValue(agent, rules, key, { section, index: 0 });
    expect(of('id', run?.key ?? '')).toBe('https://mcp.example/sse?token=EXAMPLE-MCP-TOKEN');
    expect(of('name', run?.key ?? '')).toBe('search');
    const { sid, subject } = openRecord(agent, rules).execution().summary;
    expect([of('id', null), of('name', null)]).toStrictEqual([sid, subject]);
  });

  it('stands at the same place as the masked one, in every record', () => {
    for (const record of recordFixtures()
      .filter((name) => !name.startsWith('34'))
      .flatMap(recordsOf)) {
      const opened = openRecord(record, rules);
      for (const { key } of opened.execution().runs) {
        const data = opened.nodeData(key);
        for (const section of ['input', 'output', 'config', 'other'] as const) {
          data?.[section].forEach(({ value }, index) => {
            const plain = revealValue(record, rules, key, { section, index });
            if (!JSON.stringify(value).includes('••••')) expect(plain).toStrictEqual(value);
            expect(plain).toBeDefined();
          });
        }
        data?.logs.forEach(({ message }, index) => {
          const plain = revealValue(record, rules, key, { section: 'logs', index });
          if (!message.includes('••••')) expect(plain).toBe(message);
          expect(plain).toBeDefined();
        });
      }
    }
  });

  it('that is not there is undefined', () => {
    const at = (section: 'input' | 'config' | 'logs', index: number) => ({ section, index });
    expect(revealValue(recordOf('01-'), rules, 'gone', at('input', 0))).toBeUndefined();
    expect(revealValue(recordOf('01-'), rules, null, at('config', 0))).toBeUndefined();
    expect(revealValue(recordOf('01-'), rules, null, at('logs', 0))).toBeUndefined();
    expect(revealValue(recordOf('34-'), rules, null, at('input', 0))).toBeUndefined();
  });
});
