const [width, height] = [100, 24];

/** The course of a value, next to it; what it says stands there in words. Where nothing is known the line has a gap. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const most = Math.max(...values.map((value) => value ?? 0));
  if (values.length < 2 || most <= 0) return <span class="sparkline" />;
  const step = width / (values.length - 1);
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      const at = `${round(index * step)} ${round(height - 1 - (value / most) * (height - 2))}`;
      const isNext = (values[index - 1] ?? null) !== null;
      // One that stands alone is a point: a line of no length with round ends.
      return isNext ? `L${at}` : `M${at}h0`;
    })
    .join('');
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

function round(at: number): number {
  return Math.round(at * 10) / 10;
}
