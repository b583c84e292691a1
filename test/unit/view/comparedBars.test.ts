import { expect, test } from 'vitest';

import type { SentSide } from '../../../src/protocol/compare.ts';
import { comparedBars } from '../../../src/view/comparedBars.ts';

const side = (parts: Partial<SentSide>): SentSide => ({
  ...{ status: 'succeeded', sinceMs: 600, durationMs: 100, count: 1 },
  ...parts,
});
/** What it called tells when the first of its rounds began. */
const ofAll = side({ count: 4, lostMs: 400, isLeast: true });
const ofLast = side({ count: 4 });
const retried = side({ count: 3, lostMs: 200, isRetried: true });

const rows: readonly (readonly [
  string,
  readonly [SentSide | null, SentSide | null],
  readonly [readonly [number, number] | null, readonly [number, number] | null],
])[] = [
  [
    ...(['each from its begin to its end', [side({}), side({ sinceMs: 0 })]] as const),
    [
      [60, 10],
      [0, 10],
    ],
  ],
  [
    ...(['what was tried again from its first attempt', [retried, side({})]] as const),
    [
      [40, 30],
      [60, 10],
    ],
  ],
  [
    ...(['all rounds of both', [ofAll, ofAll]] as const),
    [
      [20, 50],
      [20, 50],
    ],
  ],
  [
    ...(['the last round of both, where one tells no more', [ofLast, ofAll]] as const),
    [
      [60, 10],
      [60, 10],
    ],
  ],
  [...(['nothing of one that did not run', [null, side({})]] as const), [null, [60, 10]]],
  [...(['what took no time', [side({ durationMs: 0 }), null]] as const), [[60, 0.5], null]],
];

test.each(rows)('draws %s', (_, [before, after], [old, now]) => {
  const drawn = comparedBars({ before, after }, 1_000);
  const numbers = ({ left, width }: NonNullable<typeof drawn.after>) => [left, width];
  expect(drawn.before && numbers(drawn.before)).toEqual(old);
  expect(drawn.after && numbers(drawn.after)).toEqual(now);
});
