/** The entry for robots over Playwright: `rpa-trace-telemetry/playwright`. */
export { tracePage } from './tracePage.ts';
export type { TracedPage, TracePageOptions } from './tracePage.ts';
