import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { treeCommand } from '../../../scripts/tree.ts';
import { comparedPairs } from '../../support/comparedPairs.ts';
import { repositoryRoot } from '../../support/paths.ts';

const golden = join(repositoryRoot, 'test/fixtures/compared');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compared-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the command prints of a pair. */
async function printed(before: string, after: string, ...args: readonly string[]): Promise<string> {
  const files = [before, after].map((text, index) => {
    const file = join(folder, `${String(index)}.jsonl`);
    writeFileSync(file, `${text}\n`);
    return file;
  });
  const [old = '', now = ''] = files;
  const { status, stdout, stderr } = await treeCommand(
    [now, '--compare', old, ...args],
    () => new Uint8Array(),
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

describe('two executions', () => {
  it.each(comparedPairs)('$name', async ({ name, before, after, sentence }) => {
    const text = await printed(before, after);
    expect(text.slice(0, text.indexOf('\n'))).toBe(sentence);
    await expect(text).toMatchFileSnapshot(join(golden, `${name.replaceAll(' ', '-')}.txt`));
  });

  it('are given to programs as well', async () => {
    const pair = comparedPairs.find(({ name }) => name.startsWith('a step gave nothing'));
    const text = await printed(pair?.before ?? '', pair?.after ?? '', '--json');
    const nodeId = 'spark-llm::2';
    expect(JSON.parse(text)).toMatchObject({
      sentence: pair?.sentence,
      firstDifference: {
        nodeId,
        what: 'output',
        before: 1280.5,
        after: null,
        path: ['fields', 'total'],
      },
      groups: [
        { kind: 'inputs', total: 2 },
        { kind: 'configuration', items: [{ nodeId, path: ['prompt'] }] },
        { kind: 'way' },
        { kind: 'outputs' },
        { kind: 'errors' },
      ],
      rows: [
        { nodeId: 'node-start::1', mark: 'same' },
        {
          nodeId,
          mark: 'changed',
          before: { status: 'succeeded' },
          after: { status: 'succeeded' },
        },
        { mark: 'changed' },
        { mark: 'changed', after: { status: 'failed' } },
        { mark: 'missing', after: null },
      ],
    });
  });

  it('name a node that left no entry as it was called', async () => {
    const pair = comparedPairs.find(({ name }) => name === 'the failing node left no entry');
    const text = await printed(pair?.before ?? '', pair?.after ?? '', '--json');
    expect(JSON.parse(text)).toMatchObject({
      firstDifference: { nodeId: 'rpa::4', name: 'Enter ERP', what: 'status', after: 'failed' },
    });
  });

  it('are enough, and each has a name of its own', () => {
    expect(comparedPairs.length).toBeGreaterThanOrEqual(40);
    expect(new Set(comparedPairs.map(({ name }) => name)).size).toBe(comparedPairs.length);
  });
});
