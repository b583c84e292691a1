import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { figuresCommand } from '../../../scripts/figures.ts';
import { repositoryRoot } from '../../support/paths.ts';

const records = join(repositoryRoot, 'test/fixtures/records');
const file = (name: string) => join(records, name);
const figures = (args: readonly string[], input = '') =>
  figuresCommand(args, () => new TextEncoder().encode(input));

async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { status, stdout } = await figures([...args, '--json']);
  expect(status).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('the figures command', () => {
  test('gives the fields that programs rely on', async () => {
    const found = await json(
      ...[file('03-workflow-rpa-node-failed.g3.json'), file('03c-workflow-success.g3.json')],
    );
    expect(found).toMatchObject({
      figures: { succeeded: 1, failed: 1, successRate: 0.5, running: null },
      durations: expect.arrayContaining([
        expect.objectContaining({
          ...{ nodeId: 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33', runs: 2 },
          ...{ p50Ms: expect.any(Number) as number, p95Ms: expect.any(Number) as number },
        }),
      ]) as unknown,
      errors: [{ cause: 'elementNotFound', failures: 1, runs: 2 }],
      resources: { executions: 2, isProcessReported: false },
      concurrency: { maxInFlight: expect.any(Number) as number },
    });
  });

  test('a robot’s record with its workflow’s sid counts once, a build is none', async () => {
    const robot = await json(file('31-robot-called-three-times.jsonl'));
    expect(robot['figures']).toMatchObject({ succeeded: 1, failed: 0 });
    const build = await json(file('30-build-twice.jsonl'));
    expect(build['figures']).toMatchObject({ succeeded: 0, builds: 1 });
  });

  test('running ones are told where a file has snapshots', async () => {
    expect((await json(file('29-running.g3.json')))['figures']).toMatchObject({ running: 1 });
    expect((await json(file('28-snapshots-then-final.g3.jsonl')))['figures']).toMatchObject({
      running: 0,
    });
  });

  test('says all of it in words', async () => {
    const { stdout } = await figures([file('03-workflow-rpa-node-failed.g3.json')]);
    expect(stdout).toContain('Key figures\n  Successful executions');
    expect(stdout).toContain('Most failures of one cause are at “录入ERP” (runs: 1 of 1).');
    expect(stdout).toContain('aren’t reported: the platform provides none.');
    expect(stdout).toContain('Executions ran one after the other.');
  });

  test('--now says which day is today', async () => {
    const name = file('03c-workflow-success.g3.json');
    const [begin] = JSON.parse(`[${readFileSync(name, 'utf8')}]`) as [{ start_time: number }];
    const now = new Date(begin.start_time).toISOString();
    expect((await json(name, '--now', now))['figures']).toMatchObject({ today: 1 });
    expect((await json(name))['figures']).toMatchObject({ today: 0 });
  });

  test.each<[string, readonly string[], string, string]>([
    ['no file', [], '', 'Usage: '],
    ['one that is not there', ['nowhere.json'], '', "nowhere.json can't be read"],
    ['an unknown option', ['-', '--all'], '', 'Usage: '],
    ['a day that is none', ['-', '--now', 'soon'], '', 'soon is no time'],
    ['nothing to read', ['-'], '', '-: no records.'],
    ['nothing that can be read', ['-'], '{"a":1}', 'none of 1 records can be read'],
  ])('%s is a sentence and 2', async (_, args, input, sentence) => {
    const { status, stdout, stderr } = await figures(args, input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});
