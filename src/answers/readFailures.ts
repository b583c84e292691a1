import { causeOf } from '../diagnosis/causes.ts';
import { ReadTexts } from '../problems/readTexts.ts';

/** How this release reads what failures say. */
export function readFailures(): ReadTexts {
  return new ReadTexts((texts) => causeOf(texts.map((text) => ({ text })))?.cause ?? null);
}
