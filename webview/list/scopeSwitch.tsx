import { formatCount } from '../../src/texts/format.ts';
import { ChoiceButton } from '../controls/choiceButton.tsx';
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
  const scope = state.chosen('scope');
  const option = (kind: ScopeKind, text: string, title: string) => (
    <ChoiceButton
      isChosen={scope === kind}
      title={title}
      onClick={() => {
        session.setScope(kind);
      }}
    >
      {text}
      <Count text={countText(kind, panel)} />
    </ChoiceButton>
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
  const whole = kind === 'all' ? totalAll : countOfFlow(state);
  if (query.scope.kind !== kind) return whole === null ? null : count(whole);
  if (query.filter === '') return count(total);
  // What the history has from before is none of them.
  if ((list.earlier?.found ?? 0) > 0) return count(total);
  return whole === null ? count(total) : t('{0} of {1}', count(total), count(whole));
}

/** A list of all, or under a filter, doesn't tell it. */
function countOfFlow({ flowState, flow }: Panel['state']): number | null {
  const known = flowState.value;
  if (known === null || known.info.uri !== flow.value?.uri) return null;
  return known.figures.executions + known.figures.toolCallsApart;
}
