import { usePanel } from '../panelContext.ts';

/** Turns from single executions to numbers of all, and back. */
export function PageSwitch() {
  const { state, session, t } = usePanel();
  if (state.view.value !== 'traces') return null;
  const { page } = state.choices.value;
  const option = (of: typeof page, text: string) => (
    <button
      type="button"
      class={page === of ? 'scope chosen' : 'scope'}
      aria-pressed={page === of}
      onClick={() => {
        session.turnTo(of);
      }}
    >
      {text}
    </button>
  );
  return (
    <div class="page-switch" role="group" aria-label={t('View')}>
      {option('executions', t('Executions'))}
      {option('numbers', t('Numbers'))}
    </div>
  );
}
