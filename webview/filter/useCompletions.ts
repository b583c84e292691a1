import { useRef, useState } from 'preact/hooks';
import type { Completion, Completions } from '../../src/protocol/completions.ts';
import { usePanel } from '../panelContext.ts';

/** The popup of the filter box: what it offers, and which of it is active. */
export interface CompletionPopup {
  readonly offered: Completions | null;
  /** Index of the active item; -1 while the reader only writes. */
  readonly active: number;
  /** Asks the engine what can be written there; an older answer that comes later is dropped. */
  ask(filter: string, cursor: number): void;
  close(): void;
  move(by: number): void;
  /** The filter with an item in its place, and where the cursor goes; null where it no longer goes on with what is written. */
  accepted(
    filter: string,
    cursor: number,
    item: Completion,
  ): { readonly filter: string; readonly cursor: number } | null;
}

/** What is offered for a filter. It stays while more is written, until the engine has answered to that. */
interface Offered extends Completions {
  readonly filter: string;
}

/** Keeps the popup of the filter box. */
export function useCompletions(): CompletionPopup {
  const { session, state } = usePanel();
  const [offered, setOffered] = useState<Offered | null>(null);
  const [active, setActive] = useState(-1);
  const asked = useRef(0);
  const show = (completions: Offered | null) => {
    setOffered(completions);
    setActive(-1);
  };
  return {
    offered,
    active,
    ask: (filter, cursor) => {
      const number = ++asked.current;
      session.ask('complete', { scope: state.scope.value, filter, cursor }).then(
        (completions) => {
          if (number === asked.current) show(completions && { ...completions, filter });
        },
        () => undefined,
      );
    },
    close: () => {
      asked.current++;
      show(null);
    },
    move: (by) => {
      const count = offered?.items.length ?? 0;
      if (count === 0) return;
      // Beyond both ends lies the text itself.
      setActive(((active + 1 + by + count + 1) % (count + 1)) - 1);
    },
    accepted: (filter, cursor, item) => {
      if (offered === null) return null;
      const { from } = offered.range;
      const isOlder = filter !== offered.filter;
      if (isOlder && !goesOn(filter, cursor, item, offered)) return null;
      const to = isOlder ? cursor : offered.range.to;
      const space = item.kind === 'value' && !/^\s/.test(filter.slice(to)) ? ' ' : '';
      const insert = item.insert + space;
      return {
        filter: filter.slice(0, from) + insert + filter.slice(to),
        cursor: from + insert.length,
      };
    },
  };
}

/** Whether an item that was offered for another text still begins with what is written in its place now. */
function goesOn(
  filter: string,
  cursor: number,
  { insert }: Completion,
  { filter: before, range: { from } }: Offered,
): boolean {
  const isInPlace = cursor > from && filter.slice(0, from) === before.slice(0, from);
  return isInPlace && insert.toLowerCase().startsWith(filter.slice(from, cursor).toLowerCase());
}
