import type { EngineStatus } from '../protocol/status.ts';
import { sentences } from './sentences.ts';
import { msg, type Translate } from './translate.ts';

/** A source that stands before damaged records. */
export type StuckState = Extract<EngineStatus['state'], { readonly kind: 'stuck' }>;
type Fault = StuckState['batch']['fault'];

/** Where reading stands, and why it goes no further. */
export function stuckText({ batch, more }: StuckState, t: Translate): string {
  const { partition, offset, fault } = batch;
  const text = t(
    'Damaged batch at partition {0}, offset {1}: {2}.',
    partition,
    offset,
    t(faultTexts[fault]),
  );
  if (more === 0) return text;
  return sentences([
    text,
    more === 1
      ? t('1 more partition is stuck before a damaged batch.')
      : t('{0} more partitions are stuck before a damaged batch.', more),
  ]);
}

/** What happens now, and what can be done. */
export function stuckAdvice({ batch }: StuckState, t: Translate): string {
  const { offset, lastOffset } = batch;
  const again = t('It is retried at growing intervals.');
  if (lastOffset === null) return sentences([again, t('“Skip” continues after the damaged part.')]);
  const count = Number(BigInt(lastOffset) - BigInt(offset) + 1n);
  return sentences([
    again,
    count === 1
      ? t('“Skip” continues after it: 1 record is lost.')
      : t('“Skip” continues after it: {0} records are lost.', count),
  ]);
}

/** What is wrong with a batch, by its name; undefined for any other word. */
export function batchFaultText(fault: string, t: Translate): string | undefined {
  return Object.hasOwn(faultTexts, fault) ? t(faultTexts[fault as Fault]) : undefined;
}

const faultTexts: Readonly<Record<Fault, string>> = {
  tooLarge: msg('it is too large after decompression'),
  checksum: msg('its checksum doesn’t match'),
  format: msg('its format is unknown'),
  length: msg('its length is impossible'),
  offsets: msg('its offsets don’t fit those around it'),
  compression: msg('its compression is unknown'),
  content: msg('it doesn’t contain records'),
  refused: msg('the broker refuses to return it'),
  missing: msg('the broker doesn’t return it'),
};
