import type { Clue } from '../clue.ts';
import type { Facts } from '../facts.ts';
import type { Category } from '../category.ts';

/** The product's own status table; 0 is success. */
const categories: Readonly<Record<number, Category>> = {
  1: 'unknown',
  2: 'timeout',
  3: 'resource',
  4: 'permission',
  5: 'configuration',
};

/** A status code 1 to 5 says by itself what kind of failure it was. */
export function productStatus({ execution }: Facts): Clue | null {
  const { code } = execution.summary;
  const category = categories[code];
  if (category === undefined) return null;
  return {
    rule: 'productStatus',
    category,
    cause: null,
    code: { service: 'product', code, name: '' },
    evidence: [{ source: { kind: 'code' }, value: String(code), runKey: null }],
    confidence: 'certain',
  };
}
