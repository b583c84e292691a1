import { describe, expect, it } from 'vitest';
import type { TopicLook } from '../../../../src/sources/kafka/topicLife.ts';
import { TopicLooks } from '../../../../src/sources/kafka/topicLooks.ts';
import { ManualClock } from '../../../support/manualClock.ts';

function world(given: { kind?: TopicLook['kind'] | 'failed' } = {}) {
  const clock = new ManualClock(0);
  const state: { current: string | undefined; kind: TopicLook['kind'] | 'failed' } = {
    current: 'first',
    kind: given.kind ?? 'same',
  };
  const events: string[] = [];
  const looks = new TopicLooks<string>({
    clock,
    current: () => state.current,
    look: (session) => {
      events.push(`look ${session}`);
      return state.kind === 'failed' ? Promise.reject(new Error()) : Promise.resolve(state.kind);
    },
    onFailed: () => events.push('failed'),
    onOther: (session, kind) => events.push(`${session} ${kind}`),
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise(setImmediate);
  };
  return { state, events, looks, pass };
}

describe('looks at the topic', () => {
  it.each(['same', 'failed'] as const)('go on while it is %s', async (kind) => {
    const { events, looks, pass } = world({ kind });
    looks.begin('first');
    for (let round = 0; round < 3; round++) await pass(5_000);
    expect(events.filter((event) => event === 'look first')).toHaveLength(3);
  });

  it.each(['missing', 'anew'] as const)('tell once that it is %s', async (kind) => {
    const { events, looks, pass } = world({ kind });
    looks.begin('first');
    for (let round = 0; round < 3; round++) await pass(5_000);
    expect(events).toEqual(['look first', `first ${kind}`]);
  });

  it('are over with their session, whose connection nobody would close again', async () => {
    const { state, events, looks, pass } = world();
    looks.begin('first');
    looks.dispose();
    await pass(5_000);
    looks.begin('first');
    state.current = undefined;
    await pass(5_000);
    state.current = 'second';
    expect(await looks.isStillTheTopic('first')).toBe(false);
    expect(await looks.isStillTheTopic(undefined)).toBe(false);
    expect(events).toEqual([]);
  });

  it('say nothing of a session that ended meanwhile', async () => {
    const { state, events, looks } = world({ kind: 'anew' });
    const answer = looks.isStillTheTopic('first');
    state.current = 'second';
    expect(await answer).toBe(false);
    expect(events).toEqual(['look first']);
  });
});
