import { usePanel } from '../panelContext.ts';
import { ChoiceButton } from './choiceButton.tsx';
import { Toolbar } from './toolbar.tsx';

/** Whose executions a page is about: those of the open flow file, or all. */
export function ScopeChoice() {
  const { state, session, t } = usePanel();
  const flow = state.flow.value;
  const scope = state.chosen('scope');
  if (flow === null) return null;
  return (
    <Toolbar class="numbers-ranges" label={t('Scope')}>
      {(['flow', 'all'] as const).map((one) => (
        <ChoiceButton
          key={one}
          isChosen={one === scope}
          title={one === 'flow' ? flow.fileName : t('All flows')}
          onClick={() => {
            session.setScope(one);
          }}
        >
          {one === 'flow' ? t('This Flow') : t('All Flows')}
        </ChoiceButton>
      ))}
    </Toolbar>
  );
}
