import { usePanel } from '../panelContext.ts';

/** Leads to the setting that mends what a banner tells of; `beside`: another button comes first. */
export function OpenSettingsButton({ setting, beside }: { setting: string; beside?: boolean }) {
  const { session, t } = usePanel();
  return (
    <vscode-button
      appearance={beside === true ? 'secondary' : 'primary'}
      onClick={() => {
        session.tell('openSettings', { setting });
      }}
    >
      {t('Open Settings')}
    </vscode-button>
  );
}
