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
      '{"name": "arguments", "value": "[2, \'x\']"}',
    ]);
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
