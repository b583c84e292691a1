/** One counted check of a task; `skipped` says why a machine could not run it. */
export interface TaskResult {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
  readonly skipped?: string;
}

/** A result that is well when there is nothing to complain about. */
export const resultOf = (name: string, complaints: readonly string[]): TaskResult =>
  complaints.length === 0 ? { name, ok: true } : { name, ok: false, detail: complaints.join('\n') };

/** Prints results as lines that read alone; complaints are indented under theirs. */
export function printResults(results: readonly TaskResult[]): void {
  for (const { name, ok, detail, skipped } of results) {
    const mark = skipped !== undefined ? 'SKIP' : ok ? 'ok  ' : 'FAIL';
    console.log(`${mark} ${name}${skipped === undefined ? '' : `: ${skipped}`}`);
    if (detail !== undefined) console.log(detail.replace(/^/gm, '     '));
  }
}
