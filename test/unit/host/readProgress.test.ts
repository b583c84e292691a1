import { beforeEach, expect, test, vi } from 'vitest';
import { ReadProgress } from '../../../src/host/readProgress.ts';
import type { Vscode } from '../../../src/host/vscode.ts';
import type { SourceLabel } from '../../../src/protocol/sources.ts';
import type { SourceState } from '../../../src/record/recordSource.ts';

const shown: { title: string; reported: unknown[]; cancel: () => void; isOver: boolean }[] = [];

const vscode = {
  ProgressLocation: { Notification: 15 },
  window: {
    withProgress: (
      { title }: { title: string },
      task: (progress: unknown, token: unknown) => Promise<void>,
    ) => {
      const one = { title, reported: [] as unknown[], cancel: () => undefined, isOver: false };
      shown.push(one);
      const progress = { report: (what: unknown) => one.reported.push(what) };
      const token = { onCancellationRequested: (run: () => undefined) => (one.cancel = run) };
      // VS Code begins later as well.
      void Promise.resolve()
        .then(() => task(progress, token))
        .then(() => (one.isOver = true));
    },
  },
} as never as Vscode;
const source: SourceLabel = { kind: 'files', name: 'large.jsonl', detail: '' };
const mega = 1024 * 1024;
const reading = (done: number, total = 100): SourceState => ({
  ...{ kind: 'reading', doneBytes: done * mega, totalBytes: total * mega },
});

beforeEach(() => {
  shown.length = 0;
});

test('a large file tells how far it is, until it is read', async () => {
  const progress = new ReadProgress(vscode, () => undefined);
  for (const done of [0, 10]) progress.update(source, reading(done));
  await expect.poll(() => shown[0]?.reported.length).toBe(1);
  progress.update(source, reading(40));
  progress.update(source, { kind: 'paused', lag: 0 });
  expect(shown).toMatchObject([{ title: 'Reading large.jsonl', isOver: false }]);
  expect(shown[0]?.reported).toEqual([
    { increment: 10, message: '10%' },
    { increment: 30, message: '40%' },
  ]);
  progress.update(source, { kind: 'ended' });
  await expect.poll(() => shown[0]?.isOver).toBe(true);
});

test('it can be cancelled, and the next file has its own', async () => {
  const ends = vi.fn();
  const progress = new ReadProgress(vscode, ends);
  progress.update(source, reading(5));
  await expect.poll(() => shown[0]?.reported.length).toBe(1);
  shown[0]?.cancel();
  expect(ends).toHaveBeenCalledOnce();
  progress.update(source, { kind: 'endedEarly', doneBytes: 5, totalBytes: 100 });
  progress.update(source, reading(1));
  expect(shown).toHaveLength(2);
  progress.dispose();
});

test('a small file, and what is no file, tell nothing', () => {
  const progress = new ReadProgress(vscode, () => undefined);
  progress.update(source, reading(1, 2));
  progress.update(source, { kind: 'live', lag: 7 });
  expect(shown).toEqual([]);
});
