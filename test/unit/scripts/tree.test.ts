import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { printedTrace } from '../../../scripts/printedTrace.ts';
import { treeCommand } from '../../../scripts/tree.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { repositoryRoot } from '../../support/paths.ts';
import { storyRecord, type Story } from '../../support/storyRecords.ts';

const records = join(repositoryRoot, 'test/fixtures/records');
const failed = join(records, '03-workflow-rpa-node-failed.g1.json');
const flow = join(repositoryRoot, 'test/fixtures/flows/invoice-entry.yaml');
const license = join(repositoryRoot, 'LICENSE');

const tree = (args: readonly string[], input = '') =>
  treeCommand(args, () => new TextEncoder().encode(input));

/** As a program, with the streams of a process. */
function spawned(args: readonly string[], input = '') {
  const command = [join('scripts', 'tree.ts'), ...args];
  const options = { cwd: repositoryRoot, input, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  return { status, stdout, stderr };
}

const names = ['31-robot-called-three-times.jsonl', '30-build-twice.jsonl'];
const manyRecords = names.map((name) => readFileSync(join(records, name), 'utf8')).join('');

describe('the tree command', () => {
  it.each([
    ['its trees and 0', ['-', '--json'], manyRecords],
    ['a sentence and 2', ['nowhere.json'], ''],
  ])('run as a program gives %s', async (_name, args, input) => {
    expect(spawned(args, input)).toStrictEqual(await tree(args, input));
  });

  it('says what is unusual against the others of the file', async () => {
    const shown = async (read: JsonObject) => {
      const story = (n: number, output: JsonObject): Story => ({
        ...{ n, answer: { ok: true } },
        steps: [
          { id: 'node-start::1', name: 'Start', input: { sheet: 'May' } },
          { id: 'plugin::2', name: 'Read sheet', output },
          { id: 'node-end::3', name: 'End', output: { ok: true } },
        ],
      });
      const good = [1, 2, 3, 4, 5].map((n) => story(n, { total: n, rows: [1] }));
      const input = [...good, story(6, read)].map(storyRecord).join('\n');
      const { stdout } = await tree(['-', '--json'], input);
      const { executions } = JSON.parse(stdout) as { executions: { unusual: string[] }[] };
      const text = (await tree(['-'], input)).stdout;
      return [executions.map(({ unusual }) => unusual), text.match(/^~ .*$/gm)];
    };
    const none = [[], [], [], [], []];
    expect(await shown({ total: 6, rows: [2] })).toEqual([[...none, []], null]);
    const told = '“Read sheet” returned no “total”. 5 good runs had it.';
    expect(await shown({ rows: [2] })).toEqual([[...none, [told]], [`~ ${told}`]]);
  });

  it('makes no history where none of it is printed', async () => {
    const bytes = new TextEncoder().encode(manyRecords);
    const histories = async (withHistory: boolean) => {
      const { executions } = await printedTrace(readRecords(bytes, 'x.jsonl'), null, {
        withHistory,
      });
      return executions.map(({ history }) => history !== undefined);
    };
    expect(await histories(true)).toEqual([true, true]);
    expect(await histories(false)).toEqual([false, false]);
  });

  it('prints the tree with what the flow file adds', async () => {
    const { status, stdout } = await tree([failed, '--flow', flow]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^✗ failed {2}21300 {2}发票录入 .*2\.86 s\n {2}✓ node-start::/);
    expect(stdout).toContain('✗ rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33  rpa  录入ERP  901 ms');
    expect(stdout).toContain('通知  not run');
  });

  it('reads standard input, nests the robot’s record and collapses builds', async () => {
    const { stdout } = await tree(['-', '--json'], manyRecords);
    const { executions } = JSON.parse(stdout) as {
      executions: { service: string; ok: boolean | null; nodes: { subExecutions: unknown[] }[] }[];
    };
    expect(executions.map(({ service, ok }) => [service, ok])).toStrictEqual([
      ['workflow', true],
      ['workflow', null],
    ]);
    const subs = executions[0]?.nodes.map((node) => node.subExecutions.length);
    expect(subs).toStrictEqual([0, 0, 0, 3, 0, 0]);
  });

  describe('with data', () => {
    const sid = 'spf00970001@hf1a2094e36ee0009782';
    const entry = {
      ...{ id: 'l1', node_id: 'rpa::1', node_name: '录入', running_status: true },
      data: {
        input: { form: '{"user":"bob","password":"hunter2-secret"}' },
        output: { ok: 'True' },
        config: { code: 'a = 1\nb = 2', header: { apiKey: 'sk-abcdefgh12345678' } },
        usage: {},
      },
      llm_output: 'said hunter2-secret',
      logs: ['{"level": "ERROR", "message": "no hunter2-secret", "time": "12:00:01"}', 'plain'],
    };
    const status = { code: 0, message: '' };
    const record = {
      sid,
      sub: 'workflow',
      question: '{"a": 1}',
      answer: 'x',
      status,
      trace: [entry],
    };
    const called = {
      sid,
      sub: 'rpa-server',
      question: 'sid:s, access_token:t0ken-t0ken-t0ken',
      status,
      trace: [],
    };
    const input = `${JSON.stringify(record)}\n`;

    it('prints what each node got, gave, was set to and logged, masked', async () => {
      const { stdout } = await tree(['-', '--data'], input);
      const lines = stdout.split('\n').map((line) => line.trim());
      expect(lines.slice(1)).toEqual([
        'question: {"a":1}',
        'answer: x',
        expect.stringMatching(/^✓ rpa::1 {2}rpa {2}录入/) as unknown,
        'input form: {"user":"bob","password":"••••cret"}',
        'output ok: True',
        'config code: a = 1 b = 2',
        'config header: {"apiKey":"••••5678"}',
        'llm_output: said ••••cret',
        'log ERROR 12:00:01: no ••••cret',
        'log: plain',
        '',
      ]);
    });

    it('gives the same to programs', async () => {
      const { stdout } = await tree(['-', '--data', '--json'], input);
      expect(JSON.parse(stdout)).toMatchObject({
        executions: [
          {
            data: { question: { value: { a: 1 } }, answer: { value: 'x' } },
            nodes: [
              {
                data: {
                  input: [{ name: 'form', value: { user: 'bob', password: '••••cret' } }],
                  output: [{ name: 'ok' }],
                  config: [{ name: 'code' }, { name: 'header', value: { apiKey: '••••5678' } }],
                  llmOutput: 'said ••••cret',
                  logs: [{ level: 'ERROR', message: 'no ••••cret', time: '12:00:01' }, {}],
                },
              },
            ],
          },
        ],
      });
      expect(stdout).not.toContain('hunter2');
    });

    it('prints what a service without nodes got', async () => {
      const { stdout } = await tree(['-', '--data'], JSON.stringify(called));
      expect(stdout).toContain('"access_token":"••••0ken"');
    });

    it('is only given when asked for', async () => {
      for (const args of [['-'], ['-', '--json']]) {
        expect((await tree(args, input)).stdout).not.toContain('bob');
      }
    });
  });

  it('gives the fields that programs rely on', async () => {
    const { stdout } = await tree([failed, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      executions: [
        {
          sid: 'spf00970001@hf1a2094e36ee0009782',
          service: 'workflow',
          status: { code: 21300, message: expect.stringContaining('element not found') as string },
          ok: false,
          beginMs: 1795452450542,
          durationMs: 2864,
          failing: { nodeId: 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33', inferred: false },
          nodes: [{ ok: true, count: 1 }, {}, {}, { name: '录入ERP', ok: false, durationMs: 901 }],
          findings: [{ severity: 'error' }],
        },
      ],
      rejected: [],
    });
  });

  it('lists what it can’t read', async () => {
    const { status, stdout } = await tree([join(records, '34-unreadable.jsonl'), '--json']);
    const { rejected } = JSON.parse(stdout) as { rejected: { reason: string }[] };
    expect(status).toBe(0);
    expect(rejected.map(({ reason }) => reason)).toStrictEqual([
      ...['truncatedJson', 'notJson', 'notAnObject', 'notATrace', 'notJson'],
    ]);
  });

  it.each([
    ['no file', [], /^Usage: /],
    ['two files', [failed, failed], /^Usage: /],
    ['an unknown option', [failed, '--colour'], /--colour[^]*Usage: /],
    ['a file that is not there', ['nowhere.json'], /^nowhere\.json can't be read: .*ENOENT/],
    ['a folder', [records], /can't be read: .*EISDIR/],
    ['a flow file that is none', [failed, '--flow', license], /is no flow file: /],
    ['an empty file', ['-'], /^- holds no records\.$/m],
  ])('ends with 2 and a sentence for %s', async (_name, args, sentence) => {
    const { status, stdout, stderr } = await tree(args);
    expect({ status, stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
