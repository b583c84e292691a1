import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { KeptMarks } from '../../../src/engine/keptMarks.ts';
import type { ReaderMark, ReaderSays } from '../../../src/problems/problemMark.ts';
import { ManualClock } from '../../support/manualClock.ts';

let folder: string;
let logged: string[];
const windows: KeptMarks[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-marks-'));
  logged = [];
});
afterEach(async () => {
  for (const each of windows.splice(0)) {
    each.dispose();
    await each.settled();
  }
  await rm(folder, { recursive: true, force: true });
});

const clock = new ManualClock(1_000);
/** The engine of a window, with what it knows. */
async function window(at: string | undefined = folder) {
  const known: { marks: readonly ReaderMark[] } = { marks: [] };
  const marks = new KeptMarks({
    clock,
    log: (_, message) => logged.push(message),
    onChange: (all) => (known.marks = all),
  });
  windows.push(marks);
  await marks.configure(at);
  return {
    configure: (other: string) => marks.configure(other),
    open: (isNewEachTime: boolean) => {
      marks.sourceOpened(isNewEachTime);
    },
    say: (says: ReaderSays) => {
      clock.advance(1);
      return marks.say(says);
    },
    settled: () => marks.settled(),
    said: () => known.marks.map((mark) => ('signature' in mark ? mark.signature : mark.flow)),
  };
}
const ignored = (signature: string): ReaderSays => ({
  ...{ kind: 'ignored', signature, flow: 'f', weekly: 1 },
});
const file = () => join(folder, 'marks.jsonl');

test('what was said is there after a restart', async () => {
  const first = await window(join(folder, 'not', 'there'));
  await first.say(ignored('a'));
  await first.say({ kind: 'apart', flow: 'g' });
  expect((await window(join(folder, 'not', 'there'))).said()).toEqual(['a', 'g']);
});

test('two windows take nothing from each other, and hear of each other', async () => {
  const [one, two] = [await window(), await window()];
  await Promise.all([one.say(ignored('a')), two.say(ignored('b')), one.say(ignored('c'))]);
  await vi.waitFor(() => {
    expect([one.said().toSorted(), two.said().toSorted()]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });
  expect((await window()).said().toSorted()).toEqual(['a', 'b', 'c']);
});

test('of executions that are others each time they are played it holds no longer than they do', async () => {
  const [one, two] = [await window(), await window()];
  await one.say(ignored('kept'));
  one.open(true);
  expect(one.said()).toEqual([]);
  await one.say(ignored('played'));
  await two.say(ignored('kept too'));
  await one.settled();
  expect(one.said()).toEqual(['played']);
  one.open(true);
  expect(one.said()).toEqual([]);
  one.open(false);
  await vi.waitFor(() => {
    expect(one.said()).toEqual(['kept', 'kept too']);
  });
  expect((await window()).said()).toEqual(['kept', 'kept too']);
});

test('without a folder it holds as long as the engine, and is kept where one is told later', async () => {
  const only = await window(undefined);
  await only.say(ignored('a'));
  expect(only.said()).toEqual(['a']);
  await only.configure(folder);
  await only.say(ignored('b'));
  expect(only.said()).toEqual(['a', 'b']);
  expect(logged).toEqual([]);
});

test('what can’t be read is passed over: half a line, or what a later version said', async () => {
  const good = { ...ignored('a'), atMs: 1 };
  await writeFile(file(), `${JSON.stringify(good)}\n{"kind":"snoozed","flow":"f","atMs":1}\n{"ki`);
  const here = await window();
  expect(here.said()).toEqual(['a']);
  await appendFile(file(), 'nd"\n');
  await here.say(ignored('b'));
  expect((await window()).said()).toEqual(['a', 'b']);
});

test('what is said behind half a line of a window that was killed is kept', async () => {
  await writeFile(file(), `${JSON.stringify({ ...ignored('a'), atMs: 1 })}\n{"kind":"igno`);
  const here = await window();
  await here.say(ignored('b'));
  await here.say(ignored('c'));
  expect((await window()).said()).toEqual(['a', 'b', 'c']);
});

test('whoever is let go of while it is read watches nothing', async () => {
  const watch = vi.spyOn(KeptMarks.prototype as unknown as { watch: () => void }, 'watch');
  const marks = new KeptMarks({ clock, log: () => undefined, onChange: () => undefined });
  const configured = marks.configure(folder);
  marks.dispose();
  await configured;
  expect(watch).toHaveBeenCalledOnce();
  expect(Reflect.get(marks, 'watcher')).toBeUndefined();
  watch.mockRestore();
});

test('what was said anew and anew is shortened at a start', async () => {
  const lines = Array.from({ length: 2_100 }, (_, n) =>
    JSON.stringify({ ...ignored(String(n % 3)), atMs: n }),
  );
  await writeFile(file(), `${lines.join('\n')}\n`);
  expect((await window()).said()).toEqual(['0', '1', '2'].toSorted());
  expect((await readFile(file(), 'utf8')).trim().split('\n')).toHaveLength(3);
});

test('of a file of any size its end is read, and no more of it is left', async () => {
  const filler = 'x'.repeat(1_000);
  const lines = Array.from({ length: 3_000 }, (_, n) =>
    JSON.stringify({ ...ignored(n < 2_990 ? filler : String(n)), atMs: n, flow: filler }),
  );
  await writeFile(file(), `${lines.join('\n')}\n`);
  const here = await window();
  expect(here.said().slice(-2)).toEqual(['2998', '2999']);
  expect(here.said().length).toBe(11);
  expect((await readFile(file(), 'utf8')).trim().split('\n')).toHaveLength(11);
});

test('what others add while it runs is shortened as well', async () => {
  const here = await window();
  const lines = Array.from({ length: 2_100 }, (_, n) =>
    JSON.stringify({ ...ignored(String(n % 3)), atMs: n }),
  );
  await appendFile(file(), `${lines.join('\n')}\n`);
  await vi.waitFor(async () => {
    expect((await readFile(file(), 'utf8')).trim().split('\n')).toHaveLength(3);
  });
  expect(here.said().toSorted()).toEqual(['0', '1', '2']);
});

test('a flow with an endless id is no reason for an endless line', async () => {
  const here = await window();
  await here.say({ kind: 'apart', flow: 'x'.repeat(100_000) });
  await here.say(ignored('a'));
  expect(here.said()).toHaveLength(2);
  expect((await readFile(file(), 'utf8')).length).toBeLessThan(1_000);
});

test('where nothing can be kept it holds all the same, and the log says why', async () => {
  await writeFile(join(folder, 'taken'), '');
  const here = await window(join(folder, 'taken'));
  await here.say(ignored('a'));
  expect(here.said()).toEqual(['a']);
  expect(logged).not.toEqual([]);
});
