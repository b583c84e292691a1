import { ChoiceButton } from '../controls/choiceButton.tsx';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Turns from single executions to numbers of all, and back. */
export function PageSwitch() {
  const { state, session, t } = usePanel();
  if (state.view.value !== 'traces') return null;
  const page = state.chosen('page');
  const option = (of: typeof page, icon: string, text: string) => (
    <ChoiceButton
      isChosen={page === of}
      label={text}
      title={text}
      onClick={() => {
        session.turnTo(of);
      }}
    >
      <Icon name={icon} />
      <span class="choice-words">{text}</span>
    </ChoiceButton>
  );
  return (
    <div class="page-switch" role="group" aria-label={t('View')}>
      {option('executions', 'list-unordered', t('Executions'))}
      {option('problems', 'issues', t('Problems'))}
      {option('numbers', 'graph', t('Numbers'))}
    </div>
  );
}
