import { expect, test } from 'vitest';

import { failed, good, minute, Story } from '../../support/failureStory.ts';

/** How far apart records come of what ran in order, in minutes. */
const orders = [
  ['in order', 0],
  ['some late', 3],
  ['wholly shuffled', 25],
] as const;

/** What passes and fails at random, in the order in which the records come: `shuffle` apart at most. */
function* stories(count: number, shuffle: number) {
  let seed = 3;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let n = 0; n < count; n++) {
    const rate = random();
    const events = Array.from({ length: 25 }, (_, at) => ({
      ...{ at, isFailure: random() < rate, comes: at + random() * shuffle },
      isSettled: random() < 0.7,
    }));
    yield events.sort((a, b) => a.comes - b.comes);
  }
}

test.each(orders)(
  'a problem is resolved when the list of problems says so, once, and not before: %s',
  (_, shuffle) => {
    for (const events of stories(400, shuffle)) {
      const story = new Story();
      let signs = '';
      let resolvedMs: number | null = null;
      for (const { at, isFailure, isSettled } of events) {
        signs += ` ${isFailure ? 'F' : '.'}${String(at)}`;
        story.take(isFailure ? failed(at, { message: 'not found' }) : good(at));
        if (isFailure && resolvedMs !== null && at * minute > resolvedMs) resolvedMs = null;
        if (!isSettled) continue;
        const [problem] = story.list();
        const isResolved = problem?.state === 'resolved';
        const said = story.resolved().length;
        expect([signs, said]).toEqual([signs, isResolved && resolvedMs === null ? 1 : 0]);
        resolvedMs = isResolved ? problem.resolvedMs : null;
      }
    }
  },
);

test('what is back is told when the list says so', () => {
  for (const events of stories(200, 0)) {
    const story = new Story();
    let signs = '';
    let before: string | undefined;
    for (const { at, isFailure } of events) {
      signs += isFailure ? 'F' : '.';
      const isTold = story.take(isFailure ? failed(at, { message: 'not found' }) : good(at));
      story.resolved();
      const isNews = isFailure && (before === undefined || before === 'resolved');
      expect([signs, isTold]).toEqual([signs, isNews]);
      before = story.list()[0]?.state;
    }
  }
});

/** A reader of all that is told of one problem, who looks whether the list says so, too. */
class Reader {
  readonly story = new Story();
  private signs = '';
  /** When the last failure began that he heard of. */
  private newsMs: number | null = null;
  private hasHeardResolved = false;

  take(at: number, isFailure: boolean): void {
    this.signs += ` ${isFailure ? 'F' : '.'}${String(at)}`;
    const { story, newsMs } = this;
    const isTold = story.take(isFailure ? failed(at, { message: 'not found' }) : good(at));
    const isFirst = isFailure && newsMs === null;
    if (isFirst) this.expects(isTold, true);
    if (!isTold) return;
    expect(at * minute).toBeGreaterThan(newsMs ?? -Infinity);
    // Told at once, where it is true already; or where he heard that it is resolved, and no more holds of that.
    const isTrue = isFirst || this.hasHeardResolved || story.list()[0]?.backMs === at * minute;
    this.expects(isTrue, true);
    this.hears(at * minute);
  }

  settle(): void {
    this.signs += ';';
    const { story } = this;
    const { state, backMs = null } = story.list()[0] ?? {};
    const isBack = state !== 'resolved' && backMs !== null && backMs > (this.newsMs ?? Infinity);
    if (story.resolved().length > 0) this.hasHeardResolved = true;
    const returned = story.news.takeReturned();
    this.expects(returned.length, isBack ? 1 : 0);
    for (const { summary } of returned) {
      expect(summary.beginMs).toBeGreaterThanOrEqual(backMs ?? Infinity);
      this.hears(summary.beginMs ?? 0);
    }
  }

  private hears(beginMs: number): void {
    this.newsMs = beginMs;
    this.hasHeardResolved = false;
  }

  private expects(seen: unknown, expected: unknown): void {
    expect([this.signs, seen]).toEqual([this.signs, expected]);
  }
}

test.each(orders)(
  'what is back is told once, at the latest when the list was asked: %s',
  (_, shuffle) => {
    for (const events of stories(400, shuffle)) {
      const reader = new Reader();
      for (const { at, isFailure, isSettled } of events) {
        reader.take(at, isFailure);
        if (isSettled) reader.settle();
      }
    }
  },
);
