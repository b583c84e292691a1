import { usePanel } from '../panelContext.ts';
import { Icon } from './icon.tsx';

/** Why a page has nothing newer, and the way to try again. */
export function PageFailure(props: { readonly text: string; readonly again: () => void }) {
  const { t } = usePanel();
  return (
    <div class="banner error page-failed" role="alert">
      <Icon name="error" />
      <span>{props.text}</span>
      <vscode-button appearance="secondary" onClick={props.again}>
        {t('Try Again')}
      </vscode-button>
    </div>
  );
}
