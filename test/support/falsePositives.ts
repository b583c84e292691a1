import { readFileSync } from 'node:fs';

import { createRedactor } from '../../src/masking/redact.ts';
import { usualRules } from './usualRules.ts';

const file = new URL('../fixtures/secrets/ordinary.json', import.meta.url);

/** What masking does to values that hold no secret. */
export interface FalsePositives {
  readonly total: number;
  readonly masked: readonly { readonly value: string; readonly seen: string }[];
  /** `masked 3 of 1,240 ordinary values (0.24 %)` */
  readonly sentence: string;
}

/** Masks the ordinary values of the fixtures: ids, hashes, order numbers, addresses, paths, text, code. */
export function countFalsePositives(): FalsePositives {
  const groups = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>;
  const values = Object.values(groups).flat();
  const redactor = createRedactor([], usualRules);
  const masked = values.flatMap((value) => {
    const seen = redactor.text(value);
    return seen === value ? [] : [{ value, seen }];
  });
  const share = ((masked.length / values.length) * 100).toFixed(2);
  const total = values.length.toLocaleString('en-US');
  const sentence = `masked ${String(masked.length)} of ${total} ordinary values (${share} %)`;
  return { total: values.length, masked, sentence };
}
