import type { Chart } from '../../src/view/numberCharts.ts';

const height = 150;
/** Room for the texts of both axes. */
const [left, bottom, top, right] = [52, 20, 8, 8];
/** Of a mark at the axis below, where that is. */
const [axis, tickLength] = [height - bottom, 4];
/** A mark at the axis below has some 11 letters. */
const markWidth = 64;
/** Of its letters at most: digits and signs between them, or signs of Chinese. */
const signWidth = 7;
const wideSignWidth = 12;
/** Between two of them. */
const markGap = 6;

/** A chart as SVG: the theme's colours come with the style sheet, and change with it. */
export function ChartDrawing(props: {
  chart: Chart;
  width: number;
  place: number | null;
  onPlace: (place: number | null) => void;
  open: (place: number) => void;
}) {
  const { chart, width, place, onPlace, open } = props;
  if (width === 0) return <div style={{ height: `${height}px` }} />;
  const area = { width: Math.max(40, width - left - right), height: height - top - bottom };
  const step = area.width / Math.max(1, chart.places.length);
  const y = (share: number) => top + area.height * (1 - share);
  const marks = chart.marks(Math.floor(area.width / markWidth));
  const placeAtPointer = ({ currentTarget, clientX }: PointerEvent) => {
    const box = (currentTarget as Element).getBoundingClientRect();
    const at = Math.floor((clientX - box.left - left) / step);
    return at >= 0 && at < chart.places.length ? at : null;
  };
  return (
    <svg
      class="chart-svg"
      width={width}
      height={height}
      aria-hidden="true"
      onPointerMove={(event) => {
        onPlace(placeAtPointer(event));
      }}
      onPointerLeave={() => {
        onPlace(null);
      }}
      onClick={(event) => {
        const at = placeAtPointer(event as unknown as PointerEvent);
        if (at !== null) open(at);
      }}
    >
      {chart.scale.ticks.map(({ at, text }) => (
        <g key={text}>
          <line class="grid" x1={left} x2={width - right} y1={line(y(at))} y2={line(y(at))} />
          <text class="axis-text" x={left - 6} y={y(at) + 4} text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {placedMarks(marks, chart, step, width).map(({ at, text, x, tick }) => (
        <g key={at}>
          <line class="axis-tick" {...{ x1: tick, x2: tick }} y1={axis} y2={axis + tickLength} />
          <text class="axis-text" x={x} y={height - 4} text-anchor="middle">
            {text}
          </text>
        </g>
      ))}
      {place !== null && (
        <rect
          class={chart.places[place]?.filter === null ? 'pointed' : 'pointed has-way'}
          x={left + place * step}
          y={top}
          width={step}
          height={area.height}
        />
      )}
      {chart.form === 'bars' ? (
        <Bars chart={chart} step={step} y={y} />
      ) : (
        <Lines chart={chart} step={step} y={y} />
      )}
    </svg>
  );
}

interface Geometry {
  readonly chart: Chart;
  readonly step: number;
  /** Where a share of the highest value stands. */
  readonly y: (share: number) => number;
}

interface PlacedMark {
  readonly at: number;
  readonly text: string;
  readonly x: number;
  /** What it names: where a part begins, or the middle of it. */
  readonly tick: number;
}

/** Each below what it names, moved where it would be cut; one that would touch the one before it is left out. */
function placedMarks(
  marks: ReturnType<Chart['marks']>,
  { form, isMarkedInMiddle }: Pick<Chart, 'form' | 'isMarkedInMiddle'>,
  step: number,
  width: number,
): readonly PlacedMark[] {
  const within = form === 'lines' || isMarkedInMiddle ? 0.5 : 0;
  const placed: PlacedMark[] = [];
  let end = -Infinity;
  for (const { place: at, text } of marks) {
    const room = widthOf(text);
    const named = left + (at + within) * step;
    const begin = Math.max(0, Math.min(named - room / 2, width - room));
    if (begin < end + markGap) continue;
    placed.push({ at, text, x: begin + room / 2, tick: line(named) });
    end = begin + room;
  }
  return placed;
}

function widthOf(text: string): number {
  const wide = text.match(/[\u2e80-\uffff]/g)?.length ?? 0;
  return (text.length - wide) * signWidth + wide * wideSignWidth;
}

/** Sharp on every screen. */
function line(at: number): number {
  return Math.round(at) + 0.5;
}

function Bars({ chart, step, y }: Geometry) {
  const gap = step > 6 ? 2 : step > 3 ? 1 : 0;
  return (
    <>
      {chart.places.map(({ values }, place) => {
        let below = 0;
        return values.map((value, series) => {
          if (value === null || value === 0) return null;
          const [from, to] = [below, below + value];
          below = to;
          const upper = y(to / chart.scale.most);
          const tall = y(from / chart.scale.most) - upper;
          return (
            <rect
              key={`${place} ${series}`}
              class={`mark ${chart.series[series]?.id ?? ''}`}
              x={left + place * step + gap / 2}
              // What there is is seen, however little.
              y={Math.min(upper, y(from / chart.scale.most) - 1)}
              width={Math.max(1, step - gap)}
              height={Math.max(1, tall)}
            />
          );
        });
      })}
    </>
  );
}

function Lines({ chart, step, y }: Geometry) {
  const x = (place: number) => left + (place + 0.5) * step;
  return (
    <>
      {chart.series.map(({ id }, series) => {
        const points = chart.places.flatMap(({ values, isThin }, place) => {
          const value = values[series] ?? null;
          return value === null ? [] : [{ place, isThin, at: y(value / chart.scale.most) }];
        });
        // A line across a time in which nothing ran would tell of runs.
        const path = points
          .map(({ place, at }, index) => {
            const isNext = points[index - 1]?.place === place - 1;
            return `${isNext ? 'L' : 'M'}${x(place)} ${at}`;
          })
          .join('');
        return (
          <g key={id}>
            <path class={`curve ${id}`} d={path} />
            {points.map(({ place, isThin, at }) => (
              <circle
                key={place}
                class={`dot ${id} ${isThin ? 'thin' : ''}`}
                cx={x(place)}
                cy={at}
                r={step > 8 ? 3 : 2}
              />
            ))}
          </g>
        );
      })}
    </>
  );
}
