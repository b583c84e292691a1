import type { JSX } from 'preact';
import { fetchNearText } from '../../src/texts/fetchFailureTexts.ts';
import type { Translate } from '../../src/texts/translate.ts';
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
  const button = useFetchButton(name, address);
  return (
    <div class="inspector-stored">
      <p class="inspector-note">
        {t(
          'The service stored this value elsewhere because it is large, and left its address here. It is fetched only when you ask for it.',
        )}
      </p>
      <FetchState address={address} />
      <div class="inspector-stored-actions">
        <button type="button" class="inspector-button" onClick={button.onClick}>
          {button.label}
        </button>
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
  const { t } = useInspector();
  const button = useFetchButton(name, address);
  return (
    <span class="inspector-stored-leaf">
      <button
        type="button"
        class="inspector-link"
        title={t(
          'A large value that the service stored elsewhere; it is fetched only when you ask for it',
        )}
        onClick={button.onClick}
      >
        {button.label}
      </button>
      <FetchState address={address} />
    </span>
  );
}

/** The button says from where the value would come: whoever wrote the record chose that. */
function useFetchButton(
  name: string,
  address: string,
): { readonly label: string; readonly onClick: (event: MouseEvent) => void } {
  const { t, stored } = useInspector();
  const state = stored.stateOf(address);
  if (state?.kind === 'fetching') {
    return { label: t('Cancel'), onClick: single(() => stored.cancel(state.id)) };
  }
  const host = stored.hostOf(address) ?? '';
  const near = state?.kind === 'failed' ? state.near : null;
  // Another host since: the setting changed.
  if (near?.host === host) {
    const consent = { host: near.host, near: near.address };
    const label = fetchNearText(near.place, near.host, near.address, t);
    return { label, onClick: single(() => void stored.fetch(name, address, consent)) };
  }
  const onClick = () => void stored.fetch(name, address, { host, near: null });
  return { label: fetchText(state === null, host, t), onClick };
}

/** The second click of a double one was meant for the button that stood here before. */
function single(work: (event: MouseEvent) => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail <= 1) work(event);
  };
}

function fetchText(isFirst: boolean, host: string, t: Translate): string {
  if (host === '') return isFirst ? t('Fetch') : t('Fetch Again');
  return isFirst ? t('Fetch from {0}', host) : t('Fetch Again from {0}', host);
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
