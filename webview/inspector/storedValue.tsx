import type { JSX } from 'preact';
import { useInspector } from './inspectorContext.ts';

/** What stands below the address of a large value: what it is, and the ways to fetch it. */
export function StoredValue({
  name,
  address,
}: {
  readonly name: string;
  readonly address: string;
}): JSX.Element {
  const { t, stored } = useInspector();
  const state = stored.stateOf(address);
  return (
    <div class="inspector-stored">
      <p class="inspector-note">
        {t(
          'The service stored this value elsewhere because it is large, and left its address here. It is fetched only when you ask for it.',
        )}
      </p>
      <FetchState address={address} />
      <div class="inspector-stored-actions">
        {state?.kind === 'fetching' ? (
          <button type="button" class="inspector-button" onClick={() => stored.cancel(state.id)}>
            {t('Cancel')}
          </button>
        ) : (
          <button
            type="button"
            class="inspector-button"
            onClick={keepingFocus(() => stored.fetch(name, address))}
          >
            {state === null ? t('Fetch') : t('Fetch Again')}
          </button>
        )}
        {state?.kind === 'failed' && state.setting !== null && (
          <button
            type="button"
            class="inspector-button"
            onClick={() => stored.openSetting(state.setting ?? '')}
          >
            {t('Open Setting')}
          </button>
        )}
      </div>
    </div>
  );
}

/** The same in the place of a leaf of a larger value. */
export function StoredLeaf({
  name,
  address,
}: {
  readonly name: string;
  readonly address: string;
}): JSX.Element {
  const { t, stored } = useInspector();
  const state = stored.stateOf(address);
  return (
    <span class="inspector-stored-leaf">
      <button
        type="button"
        class="inspector-link"
        title={t(
          'A large value that the service stored elsewhere; it is fetched only when you ask for it',
        )}
        onClick={
          state?.kind === 'fetching'
            ? () => stored.cancel(state.id)
            : keepingFocus(() => stored.fetch(name, address))
        }
      >
        {state?.kind === 'fetching' ? t('Cancel') : t('Fetch')}
      </button>
      <FetchState address={address} />
    </span>
  );
}

function FetchState({ address }: { readonly address: string }): JSX.Element | null {
  const { t, stored } = useInspector();
  const state = stored.stateOf(address);
  if (state?.kind === 'fetching') {
    return (
      <span class="inspector-stored-state" role="status">
        <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true" />
        {t('Fetching…')}
      </span>
    );
  }
  if (state?.kind !== 'failed') return null;
  return (
    <span class="inspector-stored-state inspector-stored-failed" role="alert">
      <span class="codicon codicon-error" aria-hidden="true" />
      <span>{state.text}</span>
    </span>
  );
}

/** What was fetched takes the place of the button that had the focus, which stays in the section then. */
function keepingFocus(work: () => Promise<void>): (event: MouseEvent) => void {
  return ({ currentTarget }) => {
    const near =
      currentTarget instanceof Element
        ? currentTarget.closest<HTMLElement>('.inspector-section')
        : null;
    void work().then(() => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) near?.focus();
      });
    });
  };
}
