import { usePanel } from '../panelContext.ts';

/** Where what is read may have become another, or can be read whole. */
export function ReadAgainButton({ beside = false }: { beside?: boolean }) {
  const { session, t } = usePanel();
  return (
    <vscode-button
      {...(beside ? { appearance: 'secondary' as const } : {})}
      onClick={() => {
        session.sources.readAgain();
      }}
    >
      {t('Read Again')}
    </vscode-button>
  );
}
