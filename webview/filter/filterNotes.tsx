import type { ListWindow } from '../../src/protocol/list.ts';
import { formatCount } from '../../src/texts/format.ts';
import { faultText, isSearching, progressText } from '../../src/texts/queryTexts.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

type Fault = ListWindow['faults'][number];

/** Below the filter: what is wrong in it, and how far a search through payloads is. */
export function FilterNotes() {
  const { state, session, t } = usePanel();
  const { faults } = state.filterFaults.value;
  const search = state.list.value?.search ?? null;
  const count = (value: number) => formatCount(value, state.language);
  const write = ({ range, suggestion }: Fault) => {
    const { filter } = state.choices.value;
    session.setFilter(filter.slice(0, range.from) + (suggestion ?? '') + filter.slice(range.to));
  };
  return (
    <div class="filter-notes">
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
      {search !== null && (
        <div class="filter-progress" title={progressText(search, count, t)}>
          <Icon name={isSearching(search) ? 'loading' : 'search'} spin={isSearching(search)} />
          <span class="filter-note">{progressText(search, count, t)}</span>
        </div>
      )}
    </div>
  );
}
