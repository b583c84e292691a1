import { describe, expect, it } from 'vitest';

import type { Failure } from '../../../src/protocol/packet.ts';
import { requestFailureText } from '../../../src/texts/requestFailureText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

describe('a request that failed', () => {
  it.each<[Failure['reason'], RegExp]>([
    ['timeout', /no response in time/],
    ['engineLost', /engine stopped/],
    ['disposed', /engine stopped/],
    ['notFound', /no longer kept in memory/],
    ['madeAnew', /topic was recreated/],
    ['unknownMethod', /another version/],
  ])('for %s says what happened, not which method', (reason, words) => {
    const text = requestFailureText({ reason, message: 'revealNode: none' }, plainEnglish);
    expect(text).toMatch(words);
    expect(text).not.toContain('revealNode');
  });

  it('keeps the words of the one who answered', () => {
    for (const reason of ['notAllowed', 'internal'] as const) {
      expect(requestFailureText({ reason, message: 'No such folder.' }, plainEnglish)).toBe(
        'No such folder.',
      );
    }
  });
});
