import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { nodesCommand } from '../../../scripts/nodes.ts';
import { repositoryRoot } from '../../support/paths.ts';

const folder = join(repositoryRoot, 'test/fixtures/flows');
const nodes = (args: readonly string[], input = '') =>
  nodesCommand(args, () => new TextEncoder().encode(input));

describe('the nodes command', () => {
  test.each(readdirSync(folder))('places each node of %s at its id', async (name) => {
    const { status, stdout } = await nodes([join(folder, name), '--json']);
    expect(status).toBe(0);
    const rows = JSON.parse(stdout) as { id: string; line: number; column: number }[];
    expect(rows.length).toBeGreaterThan(1);
    const lines = readFileSync(join(folder, name), 'utf8').split(/\r\n|\r|\n/);
    for (const { id, line, column } of rows) {
      // In whatever quotes, and with what a text within a text escapes.
      const behind = (lines[line - 1] ?? '').slice(column - 1, column + id.length + 9);
      expect([id, behind]).toEqual([id, expect.stringContaining(id)]);
    }
  });

  test('says id, type, name and parent, in the order of the file', async () => {
    const { stdout } = await nodes([join(folder, 'batch-orders.yaml')]);
    const [first = ''] = stdout.split('\n');
    expect(first).toMatch(/^\d+:\d+ {2}node-start::\S+ {2}\S+ {2}开始$/);
    expect(stdout).toMatch(/ {2}in iteration::\S+\n/);
  });

  test('says which steps the lines of a program are, and which a report tells of', async () => {
    const run = join(repositoryRoot, 'test/fixtures/astronrpa-run');
    const map = await nodes([join(run, 'main.map')]);
    expect(map.stdout).toContain('  main.py:13  BrowserElement.click  点击保存按钮\n');
    const report = await nodes([join(run, 'report/19581/e1.txt')]);
    expect(report.stdout).toMatch(/^5:\d+ {2}bh755500000032768 {2}BrowserElement.click {2}/);
  });

  test('says of a file that is broken that it is not all', async () => {
    const { status, stdout, stderr } = await nodes(['-'], '[{"id":"a","name":"A"},{"id":"b"');
    expect([status, stdout]).toEqual([0, '1:9  a    A\n1:31  b\n']);
    expect(stderr).toBe('Part of - can’t be read: steps may be missing.\n');
  });

  test.each<[string, readonly string[], string, string]>([
    ['no file', [], '', 'Usage: '],
    ['two files', ['a', 'b'], '', 'Usage: '],
    ['one that is not there', ['nowhere.yaml'], '', "nowhere.yaml can't be read"],
    ['no flow', ['-'], '{"a":1}', '- is no flow file: it holds no nodes'],
    ['too deep', ['-'], '['.repeat(100_000), '- is no flow file: it nests deeper than '],
  ])('%s is a sentence and 2', async (_, args, input, sentence) => {
    const { status, stderr } = await nodes(args, input);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
