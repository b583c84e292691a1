import { expect, test } from 'vitest';
import { stuckAdvice, stuckText, type StuckState } from '../../../src/texts/stuckTexts.ts';
import type { Translate } from '../../../src/texts/translate.ts';

const t: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const stuck = (parts: Partial<StuckState['batch']>, more = 0): StuckState => ({
  ...{ kind: 'stuck', lag: 7, more },
  batch: {
    ...{ topic: 't', partition: 2, offset: '9007199254740993', lastOffset: '9007199254740995' },
    ...{ fault: 'checksum', bytes: 100, detail: '' },
    ...parts,
  },
});

test.each<[string, StuckState, RegExp, RegExp]>([
  [
    'place and reason',
    stuck({}),
    /^Damaged batch at partition 2, offset 9007199254740993: /,
    /3 r/,
  ],
  ['a checksum', stuck({}), /checksum doesn’t match\.$/, /3 records are lost/],
  ['one record', stuck({ lastOffset: '9007199254740993' }), /checksum/, /1 record is lost/],
  [
    'an end that is not known',
    stuck({ lastOffset: null, fault: 'length' }),
    /length/,
    /after the damaged/,
  ],
  ['a broker that refuses', stuck({ fault: 'refused' }), /broker refuses/, /at growing intervals/],
  ['another partition', stuck({}, 1), /1 more partition is stuck/, /Skip/],
  ['other partitions', stuck({}, 12), /12 more partitions are stuck/, /Skip/],
])('says of %s what there is to know', (_name, state, text, advice) => {
  expect(stuckText(state, t)).toMatch(text);
  expect(stuckAdvice(state, t)).toMatch(advice);
});
