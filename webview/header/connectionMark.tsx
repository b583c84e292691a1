import { usePanel } from '../panelContext.ts';

/** The name of the connection that is read, where it has one, and the way to another. */
export function ConnectionMark() {
  const { state, session, t } = usePanel();
  const mark = state.status.value?.source.mark;
  if (mark === undefined) return null;
  const { name, color } = mark;
  return (
    <button
      type="button"
      class="connection-mark"
      {...(color === null ? {} : { style: { borderColor: `var(--vscode-charts-${color})` } })}
      title={t('Switch Source…')}
      aria-label={t('Connection “{0}”: switch source…', name)}
      onClick={() => {
        session.tell('switchSource', null);
      }}
    >
      {name}
    </button>
  );
}
