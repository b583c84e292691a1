import { randomFillSync, randomUUID } from 'node:crypto';

/** Thirty-two random hexadecimal digits, as upstream names logs and stored texts. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

const bytesOfId = 16;
const digitsOfId = 2 * bytesOfId;
/** Of 4 KB of random bytes at once an id costs a tenth of what it costs alone. */
const idsAtOnce = 256;

/** Makes ids for somebody who needs many. */
export function createIds(): () => string {
  const bytes = Buffer.alloc(bytesOfId * idsAtOnce);
  let digits = '';
  let next = 0;
  return () => {
    if (next === digits.length) {
      digits = randomFillSync(bytes).toString('hex');
      next = 0;
    }
    const begin = next;
    next += digitsOfId;
    return digits.slice(begin, next);
  };
}
