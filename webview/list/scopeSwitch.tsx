import { formatCount } from '../../src/view/format.ts';
import { usePanel } from '../panelContext.ts';

/** Chooses between the executions of the open flow file and all of them. */
export function ScopeSwitch() {
  const { state, session, t } = usePanel();
  const flow = state.flow.value;
  const list = state.list.value;
  if (flow === null) {
    return <h2 class="list-title">{t('Executions')}</h2>;
  }
  const scope = state.choices.value.scope;
  const count = (kind: 'flow' | 'all') => {
    if (list === null) return null;
    if (list.query.scope.kind === kind && list.query.filter === '') return list.total;
    return kind === 'all' ? list.totalAll : null;
  };
  const option = (kind: 'flow' | 'all', text: string, title: string) => {
    const known = count(kind);
    return (
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
        {known !== null && <span class="scope-count">{formatCount(known, state.language)}</span>}
      </button>
    );
  };
  return (
    <div class="scope-switch" role="group" aria-label={t('Executions')}>
      {option('flow', t('This Flow'), t('Executions of {0}', flow.fileName))}
      {option('all', t('All'), t('Executions of all flows'))}
    </div>
  );
}
