import type { SourceLabel } from '../protocol/sources.ts';
import type { Translate } from '../texts/translate.ts';
import { traitsOf } from './table.ts';

/** What a source is called, in the reader's language; empty where none is read. */
export function sourceName(
  { kind, name }: Pick<SourceLabel, 'kind' | 'name'>,
  t: Translate,
): string {
  const ownName = traitsOf(kind)?.ownName;
  return ownName === undefined ? name : t(ownName);
}
