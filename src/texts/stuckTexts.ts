import type { EngineStatus } from '../protocol/status.ts';
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
  return more === 1
    ? `${text} ${t('1 more partition stands before one.')}`
    : `${text} ${t('{0} more partitions stand before one.', more)}`;
}

/** What happens now, and what can be done. */
export function stuckAdvice({ batch }: StuckState, t: Translate): string {
  const { offset, lastOffset } = batch;
  const again = t('It is asked for again, less and less often.');
  if (lastOffset === null) return `${again} ${t('“Skip” goes on behind what is damaged.')}`;
  const count = Number(BigInt(lastOffset) - BigInt(offset) + 1n);
  return count === 1
    ? `${again} ${t('“Skip” goes on behind it: 1 record is lost.')}`
    : `${again} ${t('“Skip” goes on behind it: {0} records are lost.', count)}`;
}

const faultTexts: Readonly<Record<Fault, string>> = {
  tooLarge: msg('it is too large after decompression'),
  checksum: msg('its checksum doesn’t match'),
  format: msg('its format is unknown'),
  length: msg('its length can’t be true'),
  offsets: msg('its offsets don’t fit those around it'),
  compression: msg('its compression is unknown'),
  content: msg('its content is no records'),
  refused: msg('the broker refuses to give it out'),
  missing: msg('the broker doesn’t give it out'),
};
