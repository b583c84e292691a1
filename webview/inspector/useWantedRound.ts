import type { RunKey } from '../../src/trace/execution.ts';
import type { SectionId } from '../../src/find/places.ts';
import type { ReaderChoices } from './readerChoices.ts';

/** A round that shall be shown of a row. */
export interface WantedRound {
  readonly row: RunKey;
  /** From 0. */
  readonly round: number;
  /** Tells a new wish from an old one. */
  readonly n: number;
}

/** Fulfils a wish once: afterwards the reader chooses. */
export function useWantedRound(
  wanted: WantedRound | null,
  readers: ReaderChoices,
  show: (section: SectionId) => void,
): void {
  if (wanted === null || wanted.n === readers.fulfilled.round) return;
  readers.fulfilled.round = wanted.n;
  const choices = readers.of(wanted.row);
  choices.round = wanted.round;
  choices.section = 'input';
  show('input');
}
