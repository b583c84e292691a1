import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../../src/sources/kafka/retry.ts';
import type { SourceErrorReason } from '../../../../src/record/recordSource.ts';

describe('retryDelay', () => {
  it.each<[SourceErrorReason, number, number | undefined]>([
    ['unreachable', 1, 250],
    ['unreachable', 2, 500],
    ['unreachable', 5, 4_000],
    ['unreachable', 6, 5_000],
    ['unreachable', 1_000, 5_000],
    ['unknown', 1_000, 5_000],
    ['authentication', 5, 4_000],
    ['authentication', 6, undefined],
    ['noSuchTopic', 1, 250],
    ['noSuchTopic', 6, 8_000],
    ['noSuchTopic', 1_000, 60_000],
    ['unsupportedCompression', 1, undefined],
  ])('after %s number %i is %s', (reason, attempt, delay) => {
    expect(retryDelay({ reason, detail: '', subject: '' }, attempt)).toBe(delay);
  });
});
