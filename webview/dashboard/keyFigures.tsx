import type { Figures } from '../../src/protocol/status.ts';
import { formatCount, formatDuration, formatPercent, unknown } from '../../src/texts/format.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { Known } from '../controls/known.tsx';
import { usePanel } from '../panelContext.ts';
import './keyFigures.css';

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
      : [t('Tool calls in the list that aren’t counted: {0}.', count(figures.toolCallsApart))];
  // No time at all would be said of runs that there were.
  const duration = figures.succeeded === 0 ? unknown : formatDuration(figures.cumulativeDurationMs);
  const scope = figuresScope.kind === 'flow' ? (flow?.fileName ?? t('This Flow')) : t('All flows');
  const opened = state.tree.value?.flow;
  // They stand above an execution of another flow: whose they are is said before all but the first.
  const isOfOther = figuresScope.kind === 'flow' && opened != null && opened.uri !== flow?.uri;
  return (
    <dl class="figures" aria-label={t('Key figures of {0}', scope)}>
      <Figure
        name={figures.executions === 1 ? t('execution') : t('executions')}
        beside={callsApart(figures, count, t)}
        value={count(figures.executions)}
        title={[`${t('Executions')} · ${scope}`, ...parts, ...apart].join('\n')}
      />
      <Figure
        name={t('success rate')}
        value={formatPercent(figures.successRate)}
        title={[
          t(
            'Succeeded ÷ (succeeded + failed) = {0} ÷ {1}. What was cancelled or still runs is neither.',
            count(figures.succeeded),
            count(figures.judged),
          ),
          ...apart,
        ].join('\n')}
      />
      <Figure
        name={t('in successful runs')}
        value={duration}
        title={
          figures.succeeded === 1
            ? t('Cumulative duration: the duration of 1 successful execution.')
            : t(
                'Cumulative duration: the durations of {0} successful executions, added up.',
                count(figures.succeeded),
              )
        }
      />
      <div class={isOfOther ? 'figures-scope figures-of-other' : 'figures-scope'}>
        <dt class="sr-only">{t('Scope')}</dt>
        <dd title={scope}>{scope}</dd>
      </div>
    </dl>
  );
}

/** Tool calls stand in the list too: without them its count would be another. */
function callsApart(
  { toolCallsApart: apart }: Figures,
  count: (value: number) => string,
  t: Translate,
): string | null {
  if (apart === 0) return null;
  return t('+ {0}', apart === 1 ? t('1 tool call') : t('{0} tool calls', count(apart)));
}

function Figure(props: {
  name: string;
  /** Goes where there is no room for it. */
  beside?: string | null;
  value: string;
  title: string;
}) {
  const { name, beside = null, value, title } = props;
  return (
    <div class="figure" title={title}>
      <dt class="figure-name">
        {name}
        {beside !== null && (
          <>
            {' '}
            <span class="figure-beside">{beside}</span>
          </>
        )}
      </dt>
      <dd class="figure-value">
        <Known text={value} />
      </dd>
    </div>
  );
}
