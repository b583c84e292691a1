import { usePanel } from '../panelContext.ts';

/** Beside every fault: the log has what the sentence leaves out. */
export function ShowLogButton() {
  const { session, t } = usePanel();
  return (
    <vscode-button
      appearance="secondary"
      onClick={() => {
        session.tell('showLog', null);
      }}
    >
      {t('Show Log')}
    </vscode-button>
  );
}
