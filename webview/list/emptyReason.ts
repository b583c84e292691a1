import type { ListWindow } from '../../src/protocol/list.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import type { ActiveFlow } from '../../src/protocol/hostProtocol.ts';
import { isSearching } from '../../src/texts/queryTexts.ts';
import type { SourceError } from '../../src/record/recordSource.ts';

/** Why there is no execution to show. */
export type EmptyReason =
  | { readonly kind: 'opening' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'retrying'; readonly error: SourceError; readonly attempt: number }
  | { readonly kind: 'failed'; readonly error: SourceError }
  /** The source has something that isn't read yet. */
  | { readonly kind: 'reading'; readonly lag: number }
  /** A file, of which nothing was an execution so far. */
  | { readonly kind: 'readingFile' }
  | { readonly kind: 'endedEarly' }
  | Extract<EngineStatus['state'], { readonly kind: 'stuck' }>
  | { readonly kind: 'listening' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'nothingReadable' }
  | { readonly kind: 'noneOfFlow'; readonly flow: string; readonly others: number }
  | { readonly kind: 'noMatch'; readonly filter: string }
  /** None yet: payloads are being searched. */
  | { readonly kind: 'searching' };

/** Tells why the list is empty; null when it isn't. */
export function emptyReason(
  status: EngineStatus | null,
  list: ListWindow | null,
  flow: ActiveFlow | null,
): EmptyReason | null {
  if (status === null || list === null) return { kind: 'opening' };
  if (list.total > 0) return null;
  if (list.search !== null && isSearching(list.search)) return { kind: 'searching' };
  if (list.earlier?.isLooking === true) return { kind: 'searching' };
  if (list.totalAll > 0 && list.query.filter !== '') {
    return { kind: 'noMatch', filter: list.query.filter };
  }
  if (list.totalAll > 0 && list.query.scope.kind === 'flow') {
    return { kind: 'noneOfFlow', flow: flow?.fileName ?? '', others: list.totalAll };
  }
  const { state } = status;
  switch (state.kind) {
    case 'idle':
      return { kind: 'opening' };
    case 'live':
      return state.lag > 0 ? { kind: 'reading', lag: state.lag } : { kind: 'listening' };
    case 'stuck':
      return state;
    case 'reading':
      return { kind: 'readingFile' };
    case 'endedEarly':
      return { kind: state.kind };
    case 'ended':
      return { kind: 'nothingReadable' };
    case 'connecting':
    case 'paused':
      return { kind: state.kind };
    case 'retrying':
      return { kind: 'retrying', error: state.error, attempt: state.attempt };
    case 'failed':
      return { kind: 'failed', error: state.error };
  }
}
