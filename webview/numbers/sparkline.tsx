const [width, height] = [100, 24];

/** The course of a value, next to it; what it says stands there in words. Where nothing is known it is dashed. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const most = Math.max(...values.map((value) => value ?? 0));
  if (values.length < 2 || most <= 0) return <span class="sparkline" />;
  const step = width / (values.length - 1);
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const at = `${round(index * step)} ${round(height - 1 - (value / most) * (height - 2))}`;
    return [{ index, at }];
  });
  const [line, gaps, alone] = [[''], [''], ['']];
  points.forEach(({ index, at }, place) => {
    const before = points[place - 1];
    const isNext = before?.index === index - 1;
    line.push(isNext ? `L${at}` : `M${at}`);
    if (before !== undefined && !isNext) gaps.push(`M${before.at}L${at}`);
    // A line of no length with round ends is a point.
    if (!isNext && points[place + 1]?.index !== index + 1) alone.push(`M${at}h0`);
  });
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {gaps.length > 1 && <Path name="sparkline-gap" path={gaps} />}
      <Path name="sparkline-line" path={line} />
      {alone.length > 1 && <Path name="sparkline-point" path={alone} />}
    </svg>
  );
}

function Path({ name, path }: { name: string; path: readonly string[] }) {
  return <path class={name} d={path.join('')} vector-effect="non-scaling-stroke" />;
}

function round(at: number): number {
  return Math.round(at * 10) / 10;
}
