import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Chart, type ChartPlace, placeText } from '../../src/view/numberCharts.ts';
import { usePanel } from '../panelContext.ts';
import { ChartDrawing } from './chartDrawing.tsx';
import { NumbersTable } from './numbersTable.tsx';

/** A chart with its sentence, what is pointed at in words, and a table that says the same. */
export function ChartFigure({ chart }: { chart: Chart }) {
  const { session, t } = usePanel();
  const [place, setPlace] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const titleId = useId();
  const shown = place === null ? undefined : chart.places[place];
  const open = (at: number | null) => {
    const filter = at === null ? null : (chart.places[at]?.filter ?? null);
    if (filter !== null) session.showBehind(filter);
  };
  return (
    <figure class="chart" aria-labelledby={titleId}>
      <div class="chart-head">
        <h2 id={titleId}>{chart.title}</h2>
        <button
          type="button"
          class="link chart-table-switch"
          aria-pressed={isTable}
          onClick={() => {
            setTable(!isTable);
          }}
        >
          {isTable ? t('Show Chart') : t('Show Table')}
        </button>
      </div>
      {chart.summary !== '' && <p class="chart-summary">{chart.summary}</p>}
      {isTable ? (
        <ChartTable chart={chart} />
      ) : (
        <>
          <Plot chart={chart} titleId={titleId} place={place} onPlace={setPlace} open={open} />
          <div class="chart-foot">
            <Legend chart={chart} />
            <span class="chart-read">{shown === undefined ? '' : placeText(chart, shown, t)}</span>
          </div>
        </>
      )}
    </figure>
  );
}

/** One tab stop: arrows go from place to place, each is read, Enter shows what is behind it. */
function Plot(props: {
  chart: Chart;
  titleId: string;
  place: number | null;
  onPlace: (place: number | null) => void;
  open: (place: number | null) => void;
}) {
  const { chart, titleId, place, onPlace, open } = props;
  const { t } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const last = chart.places.length - 1;
  const at = Math.min(place ?? last, last);
  const current = chart.places[at];
  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, at, last);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') open(at);
    else if (to === null) return;
    else onPlace(to);
    event.preventDefault();
  };
  return (
    <div
      ref={root}
      class="chart-plot"
      role="slider"
      tabIndex={0}
      aria-labelledby={titleId}
      aria-orientation="horizontal"
      aria-valuemin={1}
      aria-valuemax={last + 1}
      aria-valuenow={at + 1}
      aria-valuetext={current === undefined ? '' : placeText(chart, current, t)}
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (place === null) onPlace(at);
      }}
      onBlur={() => {
        onPlace(null);
      }}
    >
      <ChartDrawing chart={chart} width={width} place={place} onPlace={onPlace} open={open} />
    </div>
  );
}

function placeAfter(key: string, at: number, last: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'PageUp':
      return Math.min(last, at + 10);
    case 'PageDown':
      return Math.max(0, at - 10);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

function useWidth(root: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const measure = () => {
      setWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return width;
}

function Legend({ chart }: { chart: Chart }) {
  if (chart.series.length < 2) return null;
  return (
    <ul class="chart-legend">
      {chart.series.map(({ id, name }) => (
        <li key={id}>
          <svg class="legend-mark" width="12" height="12" aria-hidden="true">
            {chart.form === 'bars' ? (
              <rect class={`mark ${id}`} width="12" height="12" />
            ) : (
              <line class={`curve ${id}`} x1="0" y1="6" x2="12" y2="6" />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function ChartTable({ chart }: { chart: Chart }) {
  type Row = ChartPlace & { readonly index: number };
  const rows = chart.places.map((place, index): Row => ({ ...place, index }));
  return (
    <NumbersTable<Row>
      hasTitle
      sortedFirst={chart.isOverTime ? { id: 'place', by: -1 } : null}
      table={{
        ...{ id: chart.id, title: chart.title, rows, keyOf: ({ index }) => String(index) },
        columns: [
          {
            ...{ id: 'place', name: chart.placeName, value: ({ index }) => index },
            ...{ text: ({ label }) => label, filter: ({ filter }) => filter },
          },
          ...chart.series.map(({ id, name }, at) => ({
            ...{ id, name, isNumber: true },
            value: ({ values }: Row) => values[at] ?? null,
            text: ({ texts }: Row) => texts[at] ?? '',
            ...(chart.form === 'lines' && { written: { unit: 'ms', of: Math.round } }),
          })),
        ],
      }}
    />
  );
}

/** Where colours alone would tell marks apart, themes of high contrast have patterns. */
export function ChartPatterns() {
  return (
    <svg class="chart-patterns" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern
          id="numbers-stripes"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="pattern-ground" width="6" height="6" />
          <rect class="pattern-failed" width="3" height="6" />
        </pattern>
        <pattern id="numbers-dots" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect class="pattern-ground" width="5" height="5" />
          <circle class="pattern-cut-off" cx="2.5" cy="2.5" r="1.5" />
        </pattern>
      </defs>
    </svg>
  );
}
