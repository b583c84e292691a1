import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { problemsCommand } from '../../../scripts/problems.ts';
import { type KnownElsewhere, traceFileHead } from '../../../src/sources/files/traceFileHead.ts';
import { repositoryRoot } from '../../support/paths.ts';

const file = (name: string) => join(repositoryRoot, 'test/fixtures/records', name);
const problems = (args: readonly string[], input = '') =>
  problemsCommand(args, () => new TextEncoder().encode(input));

/** The record of a workflow, so many minutes later, as another execution. */
function later(name: string, minutes: number): string {
  const text = readFileSync(file(name), 'utf8');
  const record = JSON.parse(text) as { sid: string };
  const moved = text.replaceAll(record.sid, `${record.sid.slice(0, -2)}${String(10 + minutes)}`);
  return moved.replace(/("(?:start|end)_time":\s*)(\d{13})/g, (_, before: string, ms: string) => {
    return `${before}${String(Number(ms) + minutes * 60_000)}`;
  });
}

const failed = '03-workflow-rpa-node-failed.g3.json';
const succeeded = '03c-workflow-success.g3.json';
const lines = (...records: readonly string[]) =>
  records.map((text) => JSON.stringify(JSON.parse(text))).join('\n');

describe('the problems command', () => {
  test('counts failures of other causes from when a problem is there', async () => {
    const other = (minutes: number) => later(failed, minutes).replaceAll('#btnSave', '#btnCancel');
    const input = lines(later(failed, 1), other(2), later(succeeded, 5));
    const { stdout } = await problems(['-'], input);
    expect(stdout.match(/Counting every cause[^\n]*/g)).toEqual([
      'Counting every cause, the step failed in 2 of the 3 runs that reached it since then.',
    ]);
  });

  test('gives the fields that programs rely on', async () => {
    const input = lines(later(failed, 1), later(failed, 2), later(succeeded, 5));
    const { status, stdout } = await problems(['-', '--json'], input);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        ...{ flow: '7379450201923928066', nodeId: 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33' },
        ...{ cause: 'elementNotFound', count: 2, state: 'resolved', passes: 1 },
        title: 'element not found: #btnSave',
        sids: [expect.stringMatching(/11$/), expect.stringMatching(/12$/)],
        ...{ firstMs: expect.any(Number) as number, lastMs: expect.any(Number) as number },
      },
    ]);
  });

  test('what a trace file tells of executions that it does not hold is said as its sender saw it', async () => {
    const records = [later(failed, 1), later(succeeded, 5)];
    const { sid, start_time: beginMs } = JSON.parse(records[0] ?? '') as {
      sid: string;
      start_time: number;
    };
    const stands = {
      ...{ state: 'watching', passes: 2, needed: 9, lastMs: beginMs, lastRunMs: beginMs + 5 },
      ...{ sinceMs: beginMs + 1, resolvedMs: null, backMs: null },
      ...{ wasResolved: false, isMarkedFixed: false },
    };
    const known = (parts: Partial<KnownElsewhere>): KnownElsewhere => ({
      ...{ sid, beginMs, failed: { count: 6, of: 30, sinceMs: beginMs - 60_000, stands } },
      ...{ first: null, ...parts },
    });
    const told = async (of: KnownElsewhere | undefined, ...args: readonly string[]) => {
      const input = traceFileHead({ flows: [], known: of }) + lines(...records);
      return (await problems(['-', ...args], input)).stdout;
    };
    expect(JSON.parse(await told(known({}), '--json'))).toMatchObject([
      { state: 'watching', count: 6, runsSince: 30, passes: 2, needed: 9, last: { usual: null } },
    ]);
    expect(await told(known({}))).toMatch(
      /^Passed since .*\n.*failed 6 of the 30 runs.*2 of 9 needed runs passed/,
    );
    // Of a run that was saved to compare with nobody told.
    expect(JSON.parse(await told(known({ failed: null }), '--json'))).toMatchObject([
      { state: 'unknown' },
    ]);
    expect(JSON.parse(await told(undefined, '--json'))).toMatchObject([{ state: 'resolved' }]);
  });

  test('a workflow that was called and failed is one problem with its caller', async () => {
    const called = readFileSync(file('37-sub-workflows.g1.jsonl'), 'utf8').split('\n');
    const records = [called[0] ?? '', called[3] ?? ''].map((line) => {
      const record = JSON.parse(line) as { trace: object[] };
      const status = { code: 21300, message: 'element not found' };
      const [start, failing] = record.trace;
      const logs = [JSON.stringify({ level: 'ERROR', message: status.message })];
      const trace = [start, { ...failing, running_status: false, logs }];
      return JSON.stringify({ ...record, status, trace });
    });
    const { stdout } = await problems(['-', '--json'], lines(...records));
    const caller = { flow: '7379450201923928066', count: 1 };
    expect(JSON.parse(stdout)).toMatchObject([
      { flow: '7379450201923930001', count: 1, alsoFailed: [caller] },
    ]);
    const words = await problems(['-'], lines(...records));
    expect(words.stdout).toContain(' · also failed: ');
    const alone = await problems(['-', '--json'], lines(records[1] ?? ''));
    expect(JSON.parse(alone.stdout)).toMatchObject([{ ...caller, alsoFailed: [] }]);
  });

  test('says it in words', async () => {
    const input = lines(later(failed, 1), later(failed, 2));
    const { stdout } = await problems(['-'], input);
    expect(stdout).toMatch(/^No pass since {2}element not found: #btnSave/);
    expect(stdout).toMatch(
      /录入ERP · 7379450201923928066 · failed 2 of the 2 runs since .* that reached this step · last .*\n/,
    );
  });

  test('says what is unusual of the last failure, masked', async () => {
    const key = 'sk-4f9a8b7c6d5e4f3a2b1c';
    const record = JSON.parse(later(failed, 9)) as { trace: { data: { output_vars: string[] } }[] };
    const error = `{"success": false, "error": "refused: api_key=${key}"}`;
    record.trace[1]?.data.output_vars.splice(
      0,
      1,
      JSON.stringify({ name: 'output', value: error }),
    );
    const odd = JSON.stringify(record);
    const good = [1, 2, 3, 7].map((minutes) => later(succeeded, minutes));
    const input = lines(...good, later(failed, 5), odd);
    const told = await problems(['-'], input);
    expect(told.stdout).toMatch(/\n {15}“提取发票” succeeded, but returned an error in “output”/);
    // Its problem says how often.
    expect(told.stdout).not.toContain('This step failed');
    const { stdout } = await problems(['-', '--json'], input);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        last: {
          ...{ usual: { runs: 4 }, reliability: { failures: 2, runs: 3 } },
          signs: [{ kind: 'errorResult', section: 'output', node: '提取发票', path: 'output' }],
        },
      },
    ]);
    expect(told.stdout + stdout).not.toContain(key);
  });

  test('two weeks later it is quiet', async () => {
    const { stdout } = await problems([file(failed), '--now', '2099-01-01', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'quiet' }]);
  });

  test('where nothing failed it says so', async () => {
    expect(await problems([file(succeeded)])).toEqual({
      ...{ status: 0, stdout: 'No execution failed.\n', stderr: '' },
    });
  });

  test('where it is not known when something failed it says that', async () => {
    const timeless = '{"sid":"s","sub":"x","status":{"code":1,"message":"no"},"trace":[]}';
    expect(await problems(['-'], timeless)).toEqual({
      ...{ status: 0, stdout: 'Failed executions that tell no time: 1.\n', stderr: '' },
    });
  });

  test.each<[string, readonly string[], string]>([
    ['no file', [], 'Usage: '],
    ['a day that is none', ['-', '--now', 'soon'], 'soon is no time'],
    ['nothing to read', ['-'], '-: no records.'],
  ])('%s is a sentence and 2', async (_, args, sentence) => {
    const { status, stderr } = await problems(args);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
