import { formatCount, formatDuration, formatHours, formatPercent } from '../../src/texts/format.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { Known } from '../controls/known.tsx';
import { usePanel } from '../panelContext.ts';
import './keyFigures.css';

/** Below this, hours with two decimals say too little. */
const hoursFromMs = 0.1 * 3_600_000;

/** The figures of the scope: how many, how many of them well, how long in all. */
export function KeyFigures() {
  const { state, t } = usePanel();
  const shown = state.figures.value;
  const flow = state.flow.value;
  if (shown === null || (state.status.value?.storedExecutions ?? 0) === 0) return null;
  const { figures, scope: figuresScope } = shown;
  const count = (value: number) => formatCount(value, state.language);
  const parts = [
    t('{0} succeeded', count(figures.succeeded)),
    t('{0} failed', count(figures.failed)),
    t('{0} cancelled', count(figures.cancelled)),
    t('{0} running', count(figures.running)),
    ...(figures.stalled > 0 ? [t('{0} stopped reporting', count(figures.stalled))] : []),
  ];
  const apart =
    figures.toolCallsApart === 0
      ? []
      : [t('Tool calls in the list that are not counted: {0}.', count(figures.toolCallsApart))];
  const cumulative = figures.cumulativeDurationMs;
  const duration =
    cumulative >= hoursFromMs || cumulative === 0
      ? formatHours(cumulative)
      : formatDuration(cumulative);
  const scope = figuresScope.kind === 'flow' ? (flow?.fileName ?? t('This Flow')) : t('All flows');
  return (
    <dl class="figures" aria-label={t('Key figures of {0}', scope)}>
      <Figure
        name={[
          figures.executions === 1 ? t('execution') : t('executions'),
          ...toolCalls(figures.toolCallsApart, state.language, t),
        ].join(' ')}
        value={count(figures.executions)}
        title={[`${t('Executions')} · ${scope}`, ...parts, ...apart].join('\n')}
      />
      <Figure
        name={t('success rate')}
        value={formatPercent(figures.successRate)}
        title={[
          t(
            'Succeeded ÷ finished = {0} ÷ {1}. Running executions don’t count yet.',
            count(figures.succeeded),
            count(figures.finished),
          ),
          ...apart,
        ].join('\n')}
      />
      <Figure
        name={t('cumulative duration')}
        value={duration}
        title={t(
          'Durations of the {0} successful executions, added up: {1}',
          count(figures.succeeded),
          formatHours(cumulative),
        )}
      />
      <div class="figures-scope">
        <dt class="sr-only">{t('Scope')}</dt>
        <dd title={scope}>{scope}</dd>
      </div>
    </dl>
  );
}

/** They stand in the list too: without them its count would be another. */
function toolCalls(apart: number, language: string, t: Translate): string[] {
  if (apart === 0) return [];
  return [apart === 1 ? t('+ 1 tool call') : t('+ {0} tool calls', formatCount(apart, language))];
}

function Figure({ name, value, title }: { name: string; value: string; title: string }) {
  return (
    <div class="figure" title={title}>
      <dt class="figure-name">{name}</dt>
      <dd class="figure-value">
        <Known text={value} />
      </dd>
    </div>
  );
}
