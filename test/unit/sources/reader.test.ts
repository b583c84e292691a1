import { expect, test } from 'vitest';

import { Reader } from '../../../src/sources/reader.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { RecordSource } from '../../../src/record/recordSource.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** A reader whose sources stop when the test says so. */
function slowReader() {
  const started: string[] = [];
  const stopped: string[] = [];
  const stops: (() => void)[] = [];
  const nobody = () => undefined;
  const reader = new Reader({
    ...{ clock: new ManualClock(0), log: nobody },
    ...{ onRecords: nobody, onState: nobody, onPartitions: nobody, onTopicNews: nobody },
    ...{ onUnreadable: nobody, onReadBack: nobody },
    createSource: (spec): RecordSource => {
      const name = spec.kind === 'files' ? (spec.paths[0] ?? '') : spec.kind;
      return {
        start: () => Promise.resolve(void started.push(name)),
        stop: () =>
          new Promise((resolve) => {
            stops.push(() => {
              stopped.push(name);
              resolve();
            });
          }),
        ...{ pause: nobody, resume: nobody, fetch: () => Promise.resolve(undefined) },
      };
    },
  });
  return { reader, started, stopped, stops };
}

const file = (path: string): SourceSpec => ({ kind: 'files', paths: [path] });

test('the source that was asked for last is read, though an earlier one had still to wait', async () => {
  const { reader, started, stopped, stops } = slowReader();
  await reader.open(file('old'), () => undefined);
  const cleared: string[] = [];
  const first = reader.open(file('A'), () => cleared.push('A'));
  const second = reader.open(file('B'), () => cleared.push('B'));
  await expect.poll(() => stops.length).toBe(1);
  stops[0]?.();
  await Promise.all([first, second]);
  expect({ started, stopped, cleared }).toEqual({
    started: ['old', 'B'],
    stopped: ['old'],
    cleared: ['B'],
  });
  expect(reader.label.name).toBe('B');
});

test('what is closed while it waits to be opened stays closed', async () => {
  const { reader, started, stops } = slowReader();
  await reader.open(file('old'), () => undefined);
  const opened = reader.open(file('A'), () => undefined);
  const closed = reader.close();
  await expect.poll(() => stops.length).toBe(1);
  stops[0]?.();
  await Promise.all([opened, closed]);
  expect(started).toEqual(['old']);
  expect(reader.label.kind).toBe('none');
});
