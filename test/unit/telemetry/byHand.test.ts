import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { currentNode, currentRecord, currentSid } from '../../../src/telemetry/current.ts';
import { observe } from '../../../src/telemetry/observe.ts';
import { startNode } from '../../../src/telemetry/startedNode.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { pictureOf, tracedWorld } from './tracedWorld.ts';

const turn = () => new Promise(setImmediate);

describe('what is begun and ended by hand', () => {
  it('is an execution whose hooks are functions of their own', async () => {
    const { tracer, clock, last } = tracedWorld();
    const hooks = { execution: tracer.start({ question: 'SO-1' }) };
    const test = hooks.execution.startNode('test', { no: 1 });
    await test.run(async () => {
      await turn();
      traced('step', {}, () => undefined);
    });
    clock.advance(30);
    test.end({ ok: true });
    hooks.execution.run(() => {
      traced('after', {}, () => undefined);
    });
    hooks.execution.end('done');
    expect(pictureOf(last())).toBe('step ok in test\ntest ok -> after\nafter ok');
    expect(last()).toMatchObject({ question: 'SO-1', answer: '{"output": "done"}' });
    expect(last().trace[1]).toMatchObject({
      duration: 30,
      data: { output_vars: ['{"name": "ok", "value": "True"}'] },
    });
  });

  it('fails with an error, and ends once', () => {
    const { tracer, records } = tracedWorld();
    const execution = tracer.start();
    const node = execution.run(() => startNode('login'));
    node.fail(new Error('no such user'));
    node.end();
    execution.fail(new Error('no such user'));
    execution.end('done');
    expect(records()).toHaveLength(1);
    expect(pictureOf(records()[0]!)).toBe('login failed');
    expect(records()[0]?.status).toEqual({ code: 1, message: 'no such user' });
  });

  it('is nothing outside of an execution', () => {
    const node = startNode('login', { user: 'a' });
    node.node.info('nobody listens');
    node.node.attach('nothing', 'text');
    expect(node.run(() => 3)).toBe(3);
    node.end(1);
    node.fail(new Error('x'));
  });
});

describe('where code runs', () => {
  it('is known from anywhere', async () => {
    const { tracer, last } = tracedWorld();
    const deep = async () => {
      await turn();
      currentNode().info('from deep');
      return [currentSid(), currentRecord()?.question];
    };
    const seen = await tracer.run({ sid: 's1', question: 'q' }, () => traced('a', {}, deep));
    expect(seen).toEqual(['s1', 'q']);
    expect(last().trace[0]?.logs[0]).toContain('from deep');
  });

  it('is nowhere outside', () => {
    currentNode().info('nobody listens');
    expect([currentNode().logId, currentSid(), currentRecord()]).toEqual([
      '',
      undefined,
      undefined,
    ]);
  });
});

describe('an observed function', () => {
  const erp = {
    base: 40,
    enter: observe('enter', function (this: { base: number }, no: number, _password: string) {
      return this.base + no;
    }),
  };

  it('does what it did, and each call is a node with its arguments', () => {
    const { tracer, last } = tracedWorld();
    expect(tracer.run({}, () => erp.enter(2, 'x'))).toBe(42);
    expect(erp.enter(1, 'x')).toBe(41);
    expect(pictureOf(last())).toBe('enter ok');
    expect(last().trace[0]?.data.input_vars).toEqual([
      '{"name": "no", "value": "2"}',
      '{"name": "_password", "value": "••••"}',
    ]);
  });

  const secret = 'Sonnenblume7';
  // As the author wrote them: what runs the tests writes functions anew.
  const made = (text: string) => runInThisContext(`(${text})`) as (...args: unknown[]) => unknown;
  it.each([
    ['(user, password) => 1', ['mei', secret], 'user=mei password=••••ume7'],
    [
      'async (user = f(",", [1, 2]), password = "") => 1',
      ['mei', secret],
      'user=mei password=••••ume7',
    ],
    [
      'function logIn(user, password) { return (1); }',
      ['mei', secret],
      'user=mei password=••••ume7',
    ],
    ['({ logIn(user, 密码) {} }).logIn', ['mei', secret], 'user=mei 密码=••••ume7'],
    ['password => 1', [secret], 'password=••••ume7'],
    ['async password => 1', [secret], 'password=••••ume7'],
    ['(user, ...tokens) => 1', ['mei', secret, secret], "user=mei tokens=['••••ume7', '••••ume7']"],
    [
      '({ user, password }) => 1',
      [{ user: 'mei', password: secret }],
      "argument 1={'user': 'mei', 'password': '••••ume7'}",
    ],
    [
      '({ user }, [first], password) => 1',
      [{ user: 1 }, [2], secret],
      "argument 1={'user': 1} argument 2=[2] password=••••ume7",
    ],
    [
      '(user /* , who */, url = "//", // him\n password /**/) => 1',
      ['mei', 'u', secret],
      'user=mei url=u password=••••ume7',
    ],
    ['(user, sign = /,/, no) => 1', ['mei', 2, 7], 'user=mei argument 2=2 argument 3=7'],
    ['(user, done) => 1', ['mei', () => 1, 7], 'user=mei argument 3=7'],
    ['() => 1', ['mei'], "arguments=['mei']"],
    ['() => 1', [], ''],
    ['Math.max', [1, 2], 'arguments=[1, 2]'],
    ['((a) => 1).bind(null)', [1], 'arguments=[1]'],
    ['class { static [`log${"In"}`](a) {} }.logIn', [1], 'arguments=[1]'],
  ])('says its arguments by the names of the parameters: %s', async (text, args, seen) => {
    const { tracer, last } = tracedWorld();
    await tracer.run({}, () => Promise.resolve(observe('a', made(text))(...args)));
    const inputs = last().trace[0]!.data.input_vars.map(
      (input) => JSON.parse(input) as { readonly name: string; readonly value: string },
    );
    expect(inputs.map(({ name, value }) => `${name}=${value}`).join(' ')).toBe(seen);
  });

  it('says itself what its input is, and never fails for it', () => {
    const { tracer, last } = tracedWorld();
    const good = observe('good', (no: number) => no, { input: (no) => ({ no }) });
    const bad = observe('bad', (no: number) => no, {
      input: () => {
        throw new Error('x');
      },
    });
    expect(tracer.run({}, () => good(1) + bad(2))).toBe(3);
    expect(last().trace.map(({ data }) => data.input_vars)).toEqual([
      ['{"name": "no", "value": "1"}'],
      [],
    ]);
  });
});
