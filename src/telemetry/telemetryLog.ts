import { withoutCredentials } from '../base/shownAddress.ts';

/** Takes what the library has to say to the people who run the robot. */
export type TelemetryLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** The same sentence again within this time is counted, not repeated: a broker that is down says much. */
const quietMs = 5_000;
/** Sentences that are remembered; those with numbers in them differ each time. */
const mostSentences = 100;

/** Warnings and errors to stderr, each sentence at most every five seconds. */
export function stderrLog(now: () => number = Date.now): TelemetryLog {
  const said = new Map<string, { atMs: number; unsaid: number }>();
  return (level, message) => {
    if (level !== 'warn' && level !== 'error') return;
    const before = said.get(message);
    const atMs = now();
    if (before !== undefined && atMs - before.atMs < quietMs) {
      before.unsaid++;
      return;
    }
    if (said.size >= mostSentences) said.clear();
    said.set(message, { atMs, unsaid: 0 });
    const again = before !== undefined && before.unsaid > 0 ? ` (${before.unsaid} times more)` : '';
    process.stderr.write(`rpa-trace-telemetry ${level}: ${withoutCredentials(message)}${again}\n`);
  };
}
