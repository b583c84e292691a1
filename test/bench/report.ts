/** What a figure should be: at most or at least so much. */
export interface Aim {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Prints a head line for the figures that follow. */
export function heading(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** Prints a figure with its aim and whether it is met. A figure that is missed fails nothing: machines differ. */
export function report(name: string, value: number, unit: string, aim?: Aim): void {
  const figure = `${rounded(value)}${unit === '' ? '' : ` ${unit}`}`;
  process.stdout.write(`  ${name.padEnd(58)} ${figure.padStart(16)}${verdict(value, unit, aim)}\n`);
}

/** Prints a line in words. */
export function note(text: string): void {
  process.stdout.write(`  ${text}\n`);
}

/** The value that `share` (0 to 1) of the values do not exceed; NaN without any. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[index] ?? Number.NaN;
}

/** The middle one of the values, the mean of two when there are two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

function verdict(value: number, unit: string, aim: Aim | undefined): string {
  if (aim === undefined) return '';
  const { atMost, atLeast } = aim;
  const isMet = value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
  const words = atMost === undefined ? `>= ${String(atLeast)}` : `<= ${String(atMost)}`;
  return `   aim ${`${words} ${unit}`.trim().padEnd(12)} ${isMet ? 'ok' : 'MISSED'}`;
}

function rounded(value: number): string {
  const digits = Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
