import { formatCount } from '../../src/texts/format.ts';
import { type Panel, usePanel } from '../panelContext.ts';

type ScopeKind = 'flow' | 'all';

/** Chooses between the executions of the open flow file and all of them. */
export function ScopeSwitch() {
  const panel = usePanel();
  const { state, session, t } = panel;
  const flow = state.flow.value;
  if (flow === null) {
    return (
      <h2 class="list-title">
        {t('Executions')} <Count text={countText('all', panel)} />
      </h2>
    );
  }
  const scope = state.choices.value.scope;
  const option = (kind: ScopeKind, text: string, title: string) => (
    <button
      type="button"
      class={scope === kind ? 'scope chosen' : 'scope'}
      aria-pressed={scope === kind}
      title={title}
      onClick={() => {
        session.setScope(kind);
      }}
    >
      {text}
      <Count text={countText(kind, panel)} />
    </button>
  );
  return (
    <div class="scope-switch" role="group" aria-label={t('Executions')}>
      {option('flow', t('This Flow'), t('Executions of {0}', flow.fileName))}
      {option('all', t('All'), t('Executions of all flows'))}
    </div>
  );
}

function Count({ text }: { text: string | null }) {
  return text === null ? null : <span class="scope-count">{text}</span>;
}

/** How many a scope has; under a filter how many of them are shown. Null where it isn't known. */
function countText(kind: ScopeKind, { state, t }: Panel): string | null {
  const list = state.list.value;
  if (list === null) return null;
  const count = (value: number) => formatCount(value, state.language);
  const { total, totalAll, query } = list;
  if (query.scope.kind !== kind) return kind === 'all' ? count(totalAll) : null;
  if (query.filter === '') return count(total);
  const whole = kind === 'all' ? totalAll : countOfFlow(state);
  return whole === null ? count(total) : t('{0} of {1}', count(total), count(whole));
}

/** The list under a filter doesn't tell it; the figures do, as far as they are of this flow. */
function countOfFlow({ status, flow }: Panel['state']): number | null {
  const { figuresScope, figures } = status.value ?? {};
  if (figures === undefined || figuresScope?.kind !== 'flow') return null;
  if (figuresScope.uri !== flow.value?.uri) return null;
  return figures.executions + figures.toolCallsApart;
}
