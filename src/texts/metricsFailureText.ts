import type { EngineStatus } from '../protocol/status.ts';
import type { Translate } from './translate.ts';

/** An answer may be a whole page of HTML. */
const longestDetail = 200;

/** Why metrics don't arrive, and how many executions are kept for it; null while they do, or are off. */
export function metricsFailureText(
  otlp: EngineStatus['otlp'],
  t: Translate,
  formatCount: (count: number) => string,
): string | null {
  if (otlp.kind !== 'failing') return null;
  const { endpoint, detail, waiting } = otlp;
  const reason =
    detail.length > longestDetail ? `${detail.slice(0, longestDetail).trimEnd()}…` : detail;
  const failure = t('Metrics don’t reach {0}: {1}.', endpoint, reason.replace(/[.\s]+$/, ''));
  if (waiting === 0) return failure;
  return `${failure} ${t('Executions that are kept until they do: {0}.', formatCount(waiting))}`;
}
