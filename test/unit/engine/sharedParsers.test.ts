import { expect, test } from 'vitest';
import { shared } from '../../../src/engine/flowWorker.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

/** A parser whose answers come when the test says so. */
class SlowParser {
  readonly asked: string[] = [];
  readonly answers: (() => void)[] = [];
  disposed = false;

  get waiting(): number {
    return this.answers.length;
  }

  parse(text: string, fileName: string) {
    this.asked.push(fileName);
    return new Promise<ReturnType<typeof parseFlow>>((resolve) => {
      this.answers.push(() => {
        resolve(parseFlow(text, fileName));
      });
    });
  }

  dispose() {
    this.disposed = true;
  }
}

test('a text goes to the parser with the least to do, the first of several', async () => {
  const parsers = [new SlowParser(), new SlowParser()];
  const [first, second] = parsers;
  const both = shared(parsers);
  const answers = ['a', 'b', 'c'].map((name) => both.parse('{', `${name}.json`));
  expect(parsers.map(({ asked }) => asked)).toEqual([['a.json', 'c.json'], ['b.json']]);
  second?.answers.shift()?.();
  expect(await answers[1]).toMatchObject({ ok: false });
  void both.parse('{', 'd.json');
  expect(second?.asked).toEqual(['b.json', 'd.json']);
  both.dispose();
  expect([first?.disposed, second?.disposed]).toEqual([true, true]);
});

test('without any parser says that the engine stopped', async () => {
  expect(await shared([]).parse('{', 'a.json')).toMatchObject({ ok: false });
});
