import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ListWindow } from '../../src/protocol/list.ts';
import { formatCount } from '../../src/texts/format.ts';
import { faultText, isSearching, progressText } from '../../src/texts/queryTexts.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

type Fault = ListWindow['faults'][number];

/**
 * What is wrong in the filter. At the field while the reader is in it, as the suggestions are; else with the other notes,
 * where it covers nothing.
 */
export function FilterFaults() {
  const { state, session, t } = usePanel();
  const { faults } = state.filterFaults.value;
  if (faults.length === 0) return null;
  const write = ({ range, suggestion }: Fault) => {
    const { filter } = state.choices.value;
    session.setFilter(filter.slice(0, range.from) + (suggestion ?? '') + filter.slice(range.to));
  };
  return (
    <div class="filter-faults">
      {faults.map((fault) => (
        <div key={fault.range.from} class="filter-fault" title={faultText(fault, t)}>
          <Icon name="warning" />
          <span class="filter-note">{faultText(fault, t)}</span>
          {fault.suggestion !== null && (
            <button
              type="button"
              class="link"
              // The focus stays where it is: the note would move between press and release.
              onMouseDown={(event) => {
                event.preventDefault();
              }}
              onClick={() => {
                write(fault);
              }}
            >
              {t('Did you mean “{0}”?', fault.suggestion)}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

/**
 * What is wrong in the filter while the reader is elsewhere, and how far a search through payloads is: at the foot of the
 * list, where nothing stands that it would cover, and nothing below it that would move. Without a list it is at the end of
 * the panel.
 */
export function FilterNotes({ isAtEnd = false }: { isAtEnd?: boolean }) {
  const { state, t } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  useNotesHeight(root, isAtEnd);
  const search = state.list.value?.search ?? null;
  const count = (value: number) => formatCount(value, state.language);
  return (
    <div ref={root} class={isAtEnd ? 'filter-notes at-end' : 'filter-notes'}>
      {!state.isInFilter.value && <FilterFaults />}
      {search !== null && (
        <div class="filter-progress" title={progressText(search, count, t)}>
          <Icon name={isSearching(search) ? 'loading' : 'search'} spin={isSearching(search)} />
          <span class="filter-note">{progressText(search, count, t)}</span>
        </div>
      )}
    </div>
  );
}

/** What is scrolled at the end of the panel ends above them. */
function useNotesHeight(root: RefObject<HTMLDivElement | null>, isAtEnd: boolean): void {
  useLayoutEffect(() => {
    const element = root.current;
    const around = element?.parentElement;
    if (!isAtEnd || element === null || around === null || around === undefined) return;
    const tell = () => {
      around.style.setProperty('--notes-height', `${String(element.offsetHeight)}px`);
    };
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => {
      observer.disconnect();
      around.style.removeProperty('--notes-height');
    };
  }, [isAtEnd]);
}
