import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../src/protocol/ask.ts';
import type { Caller } from '../../../src/protocol/channel.ts';
import type { EngineMethods } from '../../../src/protocol/engineProtocol.ts';
import type { EngineQuestions } from '../../../src/protocol/questions.ts';
import type { Answered } from '../../../src/protocol/subscriptions.ts';
import { Watcher } from '../../../src/protocol/watcher.ts';

type Calls = [method: string, params: unknown][];

let calls: Calls;
/** What the engine answers next, each when the test says so. */
let answers: ((answered: Answered<EngineQuestions>) => void)[];
let engine: Caller<EngineMethods>;

beforeEach(() => {
  calls = [];
  answers = [];
  engine = {
    call: ((method: string, params: unknown) => {
      calls.push([method, params]);
      if (method === 'unwatch') return Promise.reject(new Error('the engine is away'));
      return new Promise((resolve) => answers.push(resolve));
    }) as never,
  };
});

const scope = { kind: 'all' } as const;
/** Figures of so many executions, as the engine answers. */
function figures(executions: number, seq: number, generation = 1): Answered<EngineQuestions> {
  const result = { ok: true, answer: { executions } } as never;
  return { kind: 'figures', query: { scope }, stamp: { generation, seq }, result };
}
const gone = (seq: number): Answered<EngineQuestions> => ({
  ...{ kind: 'figures', query: { scope }, stamp: { generation: 1, seq } },
  result: { ok: false, failure: { reason: 'notFound', message: 'gone' } },
});

describe('a question that is asked once', () => {
  test('is answered', async () => {
    const asked = ask(engine, 'figures', { scope });
    answers[0]?.(figures(3, 1));
    await expect(asked).resolves.toEqual({ executions: 3 });
    expect(calls).toEqual([['ask', { kind: 'figures', query: { scope } }]]);
  });

  test('fails with the reason', async () => {
    const asked = ask(engine, 'figures', { scope });
    answers[0]?.(gone(1));
    await expect(asked).rejects.toMatchObject({ reason: 'notFound', message: 'gone' });
  });
});

describe('a question that is watched', () => {
  /** The question, and what was pushed of it: the number of executions, or a reason. */
  function watched() {
    const pushed: (number | string)[] = [];
    const watcher = new Watcher(engine, 'w');
    const question = watcher.question('f', 'figures', (result) => {
      pushed.push(result.ok ? result.value.executions : result.error.reason);
    });
    const push = (answered: Answered<EngineQuestions>, to = 'w', id = 'f') => {
      watcher.receive({ watcher: to, id, answered });
    };
    return { question, pushed, push, watcher };
  }

  test('is answered, and told what is pushed to it alone', async () => {
    const { question, pushed, push } = watched();
    push(figures(9, 9));
    const asked = question.ask({ scope });
    answers[0]?.(figures(1, 1));
    await expect(asked).resolves.toEqual({ executions: 1 });
    push(figures(2, 2));
    push(figures(3, 3), 'another');
    push(figures(3, 3), 'w', 'another');
    push({ ...figures(4, 4), kind: 'status' } as never);
    push(gone(5));
    expect(pushed).toEqual([2, 'notFound']);
    expect(calls[0]).toEqual([
      'watch',
      { watcher: 'w', id: 'f', kind: 'figures', query: { scope } },
    ]);
  });

  test('drops what comes late', async () => {
    const { question, pushed, push } = watched();
    const first = question.ask({ scope });
    const second = question.ask({ scope });
    answers[1]?.(figures(2, 2));
    answers[0]?.(figures(1, 1));
    await expect(second).resolves.toEqual({ executions: 2 });
    await expect(first).resolves.toBeNull();
    push(figures(1, 1));
    push(figures(3, 3));
    push(figures(2, 2));
    expect(pushed).toEqual([3]);
    // Another source, or another life of the engine, counts anew.
    push(figures(7, 1, 2));
    expect(pushed).toEqual([3, 7]);
  });

  test('takes what another life of the engine says, though the clock was set back', async () => {
    const { question, pushed, push, watcher } = watched();
    const before = question.ask({ scope });
    answers[0]?.(figures(1, 9, 2));
    await before;
    watcher.engineChanged();
    const after = question.ask({ scope });
    answers[1]?.(figures(2, 1, 1));
    await expect(after).resolves.toEqual({ executions: 2 });
    push(figures(3, 2, 1));
    expect(pushed).toEqual([3]);
  });

  test('two that are computed at once have one stamp, and are both answered', async () => {
    const { question } = watched();
    const both = [question.ask({ scope }), question.ask({ scope })];
    for (const answer of answers) answer(figures(2, 2));
    expect(await Promise.all(both)).toEqual([{ executions: 2 }, { executions: 2 }]);
  });

  test('is told nothing once it has ended, and ends once', async () => {
    const { question, pushed, push } = watched();
    question.end();
    void question.ask({ scope });
    question.end();
    question.end();
    push(figures(2, 2));
    expect(pushed).toEqual([]);
    expect(calls.map(([method]) => method)).toEqual(['watch', 'unwatch']);
    await Promise.resolve();
  });
});
