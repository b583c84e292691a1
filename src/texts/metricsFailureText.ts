import type { EngineStatus } from '../protocol/status.ts';
import { sentences } from './sentences.ts';
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
  const failure = t('Metrics can’t be sent to {0}: {1}.', endpoint, reason.replace(/[.\s]+$/, ''));
  return sentences([
    failure,
    t('Check the endpoint in the settings, and that its collector is running.'),
    kept(waiting, t, formatCount),
  ]);
}

function kept(waiting: number, t: Translate, formatCount: (count: number) => string): string {
  if (waiting === 0) return '';
  return waiting === 1
    ? t('1 execution is kept until it can be sent.')
    : t('{0} executions are kept until they can be sent.', formatCount(waiting));
}
