import type { JSX } from 'preact';
import { formatShortCount } from '../../src/texts/format.ts';
import type { InspectorTab } from '../../src/view/inspectorSections.ts';
import type { SectionId } from '../../src/find/places.ts';
import { useInspector } from './inspectorContext.ts';
import { placeByKey } from '../controls/rowKeys.ts';

/** The element id of a tab, for its panel. */
export const tabElementId = (id: SectionId): string => `inspector-tab-${id}`;

/** The tabs of the inspector, with one tab stop; arrows choose. */
export function InspectorTabs({
  tabs,
  active,
  found,
  onChoose,
}: {
  readonly tabs: readonly InspectorTab[];
  readonly active: InspectorTab;
  /** Matches of the search by section; null while nobody searches. */
  readonly found: ReadonlyMap<SectionId, number> | null;
  readonly onChoose: (id: SectionId) => void;
}): JSX.Element {
  const { t, title } = useInspector();
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.indexOf(active);
    const to = placeByKey(event.key, at, tabs.length);
    const next = to === null ? undefined : tabs[to];
    if (next === undefined) return;
    onChoose(next.id);
    document.getElementById(tabElementId(next.id))?.focus();
    event.preventDefault();
  };
  return (
    <div
      class="inspector-tabs"
      role="tablist"
      aria-label={t('Details of {0}', title)}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={tabElementId(tab.id)}
          type="button"
          role="tab"
          class={tab.count === 0 ? 'inspector-tab inspector-tab-empty' : 'inspector-tab'}
          aria-selected={tab === active}
          aria-controls="inspector-panel"
          tabIndex={tab === active ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {t(tab.title)}
          <Count tab={tab} found={found} />
        </button>
      ))}
    </div>
  );
}

function Count({
  tab,
  found,
}: {
  readonly tab: InspectorTab;
  readonly found: ReadonlyMap<SectionId, number> | null;
}): JSX.Element | null {
  const { t } = useInspector();
  if (found !== null) {
    const count = tab.sections.reduce((sum, { id }) => sum + (found.get(id) ?? 0), 0);
    return count === 0 ? null : (
      <span
        class="inspector-tab-found"
        title={count === 1 ? t('1 match') : t('{0} matches', count)}
      >
        {formatShortCount(count)}
      </span>
    );
  }
  if (tab.count === null || tab.count === 0) return null;
  return <span class="inspector-tab-count">{formatShortCount(tab.count)}</span>;
}
