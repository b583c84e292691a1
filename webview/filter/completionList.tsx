import { useEffect, useRef } from 'preact/hooks';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { Completion } from '../../src/protocol/completions.ts';
import { formatCount } from '../../src/texts/format.ts';
import { completionHint } from '../../src/texts/queryTexts.ts';
import { usePanel } from '../panelContext.ts';
import { scrollIntoSight } from '../controls/scrollIntoSight.ts';

/** The id of the popup, for `aria-controls`. */
export const completionListId = 'filter-completions';

/** The id of an item, for `aria-activedescendant`. */
export const completionId = (index: number) => `filter-completion-${index}`;

/** What can be written into the filter, below it. */
export function CompletionList(props: {
  items: readonly Completion[];
  active: number;
  onChoose: (item: Completion) => void;
}) {
  const { state, t } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = root.current?.querySelector('[aria-selected=true]');
    if (chosen != null) scrollIntoSight(chosen, 'nearest');
  }, [props.active]);
  return (
    <div
      ref={root}
      id={completionListId}
      class="completions"
      role="listbox"
      aria-label={t('Suggestions for the filter')}
      // The field keeps the focus.
      onMouseDown={(event) => {
        event.preventDefault();
      }}
    >
      {props.items.map((item, index) => (
        <div
          key={item.insert}
          id={completionId(index)}
          class="completion"
          role="option"
          aria-selected={index === props.active}
          onClick={() => {
            props.onChoose(item);
          }}
        >
          <span class="completion-insert">{shownSigns(item.insert)}</span>
          <span class="completion-hint">{completionHint(item, t)}</span>
          {item.count !== null && (
            <span class="completion-count">{formatCount(item.count, state.language)}</span>
          )}
        </div>
      ))}
    </div>
  );
}
