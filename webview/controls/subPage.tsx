import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePanel } from '../panelContext.ts';

/** A page in place of the executions, with a way back to them: by its button, and by Escape. */
export function SubPage(props: {
  readonly title: string;
  /** Before the way back. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { state, t } = usePanel();
  const leave = () => {
    state.view.value = 'traces';
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // What is open above it takes the key first.
      if (event.key === 'Escape' && !event.defaultPrevented) leave();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <section class="page" aria-label={props.title}>
      <div class="page-head">
        <h1>{props.title}</h1>
        <div class="page-actions">
          {props.actions}
          <vscode-button appearance="secondary" onClick={leave}>
            {t('Back to Executions')}
          </vscode-button>
        </div>
      </div>
      {props.children}
    </section>
  );
}
