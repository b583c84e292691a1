import { describe, expect, it } from 'vitest';

import { isUsualId } from '../../../src/masking/usualId.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';

/** The same, as it is said in one line. */
const usual =
  /^(?:[a-z-]{2,40}::[\da-f-]{36}|[\da-f]{32}|\d{1,24}|[a-z]{3}[\da-f]{8}@[a-z\d]{8,32})$/;
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

const uuid = 'd61b0f71-87ee-475e-93ba-f1607f0ce783';
const ids = [
  ...[`node-start::${uuid}`, 'd212733636e6475ea0b4b71ab6fbaa1b', '7379450201923928066', '1'],
  ...['spf009c0001@hf1a2094e57960009782', 'abc00000000@12345678', '', '::', '@', 'a', `::${uuid}`],
  ...[`a::${uuid}`, `ab::${uuid}`, `${'a'.repeat(40)}::${uuid}`, `${'a'.repeat(41)}::${uuid}`],
  ...['9'.repeat(24), '9'.repeat(25), '9'.repeat(32), `abc00000000@${'z'.repeat(32)}`],
];

describe(`an id as the services make them (FUZZ_SEED=${seed})`, () => {
  it.each(ids.map((id) => [id]))('%s', (id) => {
    expect(isUsualId(id)).toBe(usual.test(id));
  });

  it('and nothing that differs from one', () => {
    const random = createRandom(seed);
    for (let round = 0; round < 20_000; round++) {
      const id = random.pick(ids);
      const at = random.int(0, id.length);
      const cut = random.pick([0, 1, 2]);
      const put = random.pick(['', 'a', 'g', 'A', '0', '-', ':', '::', '@', '节', '\n', '\u0161']);
      const other = id.slice(0, at) + put + id.slice(at + cut);
      expect(isUsualId(other), other).toBe(usual.test(other));
    }
  });
});
