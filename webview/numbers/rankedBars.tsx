import { useId, useState } from 'preact/hooks';
import { formatCount } from '../../src/texts/format.ts';
import { Toolbar } from '../controls/toolbar.tsx';
import { usePanel } from '../panelContext.ts';

/** A bar: its name, how long it is, and the way to what is behind it. */
export interface RankedBar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly filter: string;
}

/** The first ones tell where to begin. */
const firstBars = 6;

/** Bars that lie below each other, the longest first. */
export function RankedBars({ title, rows }: { title: string; rows: readonly RankedBar[] }) {
  const { state, session, t } = usePanel();
  const [isAll, setAll] = useState(false);
  const titleId = useId();
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const shown = isAll ? rows : rows.slice(0, firstBars);
  const left = rows.length - shown.length;
  return (
    <figure class="chart" aria-labelledby={titleId}>
      <div class="chart-head">
        <h2 id={titleId}>{title}</h2>
      </div>
      <Toolbar class="ranked-bars" label={title}>
        {shown.map(({ name, value, text, filter }) => (
          <button
            key={filter}
            type="button"
            class="ranked-bar"
            title={name}
            onClick={() => {
              session.showBehind(filter);
            }}
          >
            <span class="ranked-name">{name}</span>
            <span class="ranked-value">{text}</span>
            <span class="ranked-track" aria-hidden="true">
              <span
                class="ranked-length"
                style={{ width: `${Math.max(1, Math.round((value / most) * 100))}%` }}
              />
            </span>
          </button>
        ))}
      </Toolbar>
      {left > 0 && (
        <button
          type="button"
          class="link"
          onClick={() => {
            setAll(true);
          }}
        >
          {t('Show More ({0} Left)', formatCount(left, state.language))}
        </button>
      )}
    </figure>
  );
}
