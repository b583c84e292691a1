import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { KeptMarks } from '../../../src/engine/keptMarks.ts';
import type { ReaderMark, ReaderSays } from '../../../src/problems/problemMark.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { failureSignature, type SignedWords } from '../../../src/problems/signature.ts';
import { ManualClock } from '../../support/manualClock.ts';

let folder: string;
let logged: string[];
const windows: KeptMarks[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-marks-'));
  logged = [];
  words.clear();
  secret = 'no secret yet';
});
afterEach(async () => {
  for (const each of windows.splice(0)) {
    each.dispose();
    await each.settled();
  }
  await rm(folder, { recursive: true, force: true });
});

const clock = new ManualClock(1_000);
/** Of what signatures were made, as the problems of now tell. */
const words = new Map<string, SignedWords>();
/** What the rules of masking hide. */
let secret: string;
/** The engine of a window, with what it knows. */
async function window(at: string | undefined = folder, keepsTexts = true) {
  const known: { marks: readonly ReaderMark[] } = { marks: [] };
  const marks = new KeptMarks({
    clock,
    log: (_, message) => logged.push(message),
    wordsOf: (signature) => words.get(signature) ?? null,
    masked: (text) => text.replaceAll(secret, '••••'),
    onChange: (all) => (known.marks = all),
  });
  windows.push(marks);
  await marks.configure(at, keepsTexts);
  return {
    configure: (other: string) => marks.configure(other, keepsTexts),
    open: (isNewEachTime: boolean) => {
      marks.sourceOpened(isNewEachTime);
    },
    say: (says: ReaderSays) => {
      clock.advance(1);
      return marks.say(says);
    },
    settled: () => marks.settled(),
    forgetTexts: () => marks.forgetTexts(),
    maskAgain: () => marks.maskAgain(),
    marks: () => known.marks,
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

test('what was said under an earlier form of texts is of the same problem today, and is said once', async () => {
  const save: SignedWords = {
    ...{ nodeId: 'n', cause: null, category: 'robotTask', code: 21_300 },
    text: 'order 20391 is gone',
  };
  const full = { ...save, text: 'disk full on D:\\rpa\\out.csv' };
  const today = (of: SignedWords) => failureSignature(of, of.code, readFailures());
  const earlier = (of: SignedWords) =>
    failureSignature(of, of.code, {
      normal: (text) => `earlier ${text}`,
      causeOf: () => null,
    });
  for (const of of [save, full]) words.set(earlier(of), of);
  const before = await window();
  await before.say(ignored(earlier(save)));
  await before.say({ kind: 'moved', flow: 'f', signature: earlier(full), into: earlier(save) });
  await before.say({
    ...{ kind: 'moved', flow: 'f', signature: `${earlier(save)}.0f`, into: null },
  });
  // What is said of what is gone by now is said of the same words.
  words.clear();
  await before.say({ kind: 'fixed', flow: 'f', signature: earlier(full), weekly: 1 });
  // The rest was said today, of the same, and of what nobody knows.
  await before.say(ignored(today(save)));
  await before.say(ignored('unknown'));
  const after = await window();
  expect(after.marks()).toMatchObject([
    { kind: 'moved', signature: today(full), into: today(save) },
    { kind: 'moved', signature: `${today(save)}.0f`, into: null },
    { kind: 'fixed', signature: today(full) },
    { kind: 'ignored', signature: today(save) },
    { kind: 'ignored', signature: 'unknown' },
  ]);
});

test('what failures said is kept where a history is, and goes with it, in all windows', async () => {
  const of = { nodeId: 'n', cause: null, category: 'robotTask', code: 1, text: 'gone' } as const;
  const [a, b] = ['a', 'b'].map((name) => {
    const made: SignedWords = { ...of, nodeId: name };
    const signature = failureSignature(made, 1, readFailures());
    words.set(signature, made);
    return signature;
  }) as [string, string];
  const [keeping, other] = [await window(), await window(folder, false)];
  await other.say(ignored(b));
  expect(await readFile(file(), 'utf8')).not.toContain('gone');
  await keeping.say({ kind: 'moved', flow: 'f', signature: a, into: b });
  const both = [
    { ...ignored(b), atMs: clock.now() - 1 },
    { kind: 'moved', flow: 'f', signature: a, into: b, atMs: clock.now() },
  ];
  expect(await readFile(file(), 'utf8')).toContain('gone');
  await vi.waitFor(() => {
    expect(other.marks()).toHaveLength(2);
  });
  await keeping.forgetTexts();
  expect(await readFile(file(), 'utf8')).not.toContain('gone');
  // A window that read them does not bring them back.
  await other.forgetTexts();
  expect(await readFile(file(), 'utf8')).not.toContain('gone');
  expect((await window()).marks()).toEqual(both);
});

test('other rules of masking hold for texts that were kept before, and marks stay with their problems', async () => {
  const of = { nodeId: 'n', cause: null, category: 'robotTask', code: 1 } as const;
  const gone = { ...of, text: 'Zhang San is gone' };
  const full = { ...of, text: 'no room for Zhang San' };
  const signed = (made: SignedWords) => failureSignature(made, 1, readFailures());
  for (const made of [gone, full]) words.set(signed(made), made);
  const here = await window();
  await here.say(ignored(signed(gone)));
  await here.say({ kind: 'moved', flow: 'f', signature: signed(gone), into: signed(full) });
  secret = 'Zhang San';
  await here.maskAgain();
  expect(await readFile(file(), 'utf8')).not.toContain(secret);
  const hidden = (made: SignedWords) =>
    signed({ ...made, text: made.text.replace(secret, '••••') });
  const now = [
    { kind: 'ignored', signature: hidden(gone) },
    { kind: 'moved', signature: hidden(gone), into: hidden(full) },
  ];
  expect(here.marks()).toMatchObject(now);
  // Rules that came while no window was open.
  secret = 'is gone';
  const later = await window();
  expect(later.marks()).toHaveLength(2);
  expect(await readFile(file(), 'utf8')).not.toContain(secret);
});

test('what is said of a source that nothing is kept of is masked again as well', async () => {
  const of = { nodeId: 'n', cause: null, category: 'robotTask', code: 1 } as const;
  words.set('a', { ...of, text: 'Zhang San' });
  const here = await window();
  here.open(true);
  await here.say(ignored('a'));
  secret = 'Zhang San';
  await here.maskAgain();
  expect(here.marks()).toMatchObject([{ of: { text: '••••' } }]);
});

test('half a line, what a later version said, and a draft of a killed window go with the texts', async () => {
  for (const left of ['{"of":{"text":"Zhang San', '{"kind":"later","text":"Zhang San"}\n']) {
    await writeFile(file(), left);
    await writeFile(`${file()}.2147483647.draft`, 'Zhang San');
    const here = await window();
    expect(await here.forgetTexts()).toBe(true);
    expect(await readFile(file(), 'utf8')).toBe('');
    expect(await readdir(folder)).toEqual(['marks.jsonl']);
  }
});

test('the draft of a window that is just writing it is left alone', async () => {
  const own = `${file()}.${String(process.ppid)}.draft`;
  await writeFile(own, 'a');
  await writeFile(file(), '{');
  await (await window()).forgetTexts();
  expect(await readFile(own, 'utf8')).toBe('a');
});

test('half a line holds no text that other rules hide', async () => {
  await writeFile(
    file(),
    `{"of":{"text":"Zhang San\n${JSON.stringify({ ...ignored('a'), atMs: 1 })}\n`,
  );
  const here = await window();
  secret = 'Zhang San';
  await here.maskAgain();
  expect(await readFile(file(), 'utf8')).not.toContain(secret);
  expect(here.said()).toEqual(['a']);
});

test('where the end of the file can’t be read, what stands before it stays', async () => {
  const before = `${JSON.stringify({ ...ignored('a'), atMs: 1 })}\n`;
  await writeFile(file(), before + '\0'.repeat(3 * 1024 * 1024));
  await window();
  expect((await readFile(file(), 'utf8')).startsWith(before)).toBe(true);
});

test('whether texts could be let go of is told', async () => {
  const here = await window();
  await here.say(ignored('a'));
  expect(await here.forgetTexts()).toBe(true);
  await rm(folder, { recursive: true });
  await writeFile(folder, '');
  expect(await here.forgetTexts()).toBe(false);
});

test('what was made of texts that are too long to be kept is kept without them', async () => {
  const of = { nodeId: 'n', cause: null, category: 'robotTask', code: 1 } as const;
  words.set('long', { ...of, text: '\u0001'.repeat(1_100) });
  await (await window()).say(ignored('long'));
  expect((await window()).marks()).toEqual([{ ...ignored('long'), atMs: clock.now() }]);
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
  const marks = new KeptMarks({
    clock,
    log: () => undefined,
    wordsOf: () => null,
    masked: (text) => text,
    onChange: () => undefined,
  });
  const configured = marks.configure(folder, true);
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
