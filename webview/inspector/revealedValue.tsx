import type { JSX } from 'preact';
import type { Json } from '../../src/base/json.ts';
import type { ValuePlace } from '../../src/trace/valuePlace.ts';
import { holdsMask } from '../../src/view/maskedValue.ts';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';

/** Reveals a masked text, where the settings allow it. */
export function RevealButton({
  id,
  value,
  place,
}: {
  /** Names the text among those of what is inspected. */
  readonly id: string;
  readonly value: Json;
  /** Null: it can't be revealed. */
  readonly place: ValuePlace | null;
}): JSX.Element | null {
  const { t, revealed } = useInspector();
  if (place === null || !holdsMask(value)) return null;
  const isShown = revealed.texts.has(id);
  return (
    <IconButton
      icon={isShown ? 'eye-closed' : 'eye'}
      label={isShown ? t('Hide Value') : t('Reveal Value')}
      pressed={isShown}
      onClick={() => revealed.toggle(id, place)}
    />
  );
}

/** A value as it stands in the record. It has no button to copy it: what is copied is the masked one. */
export function RevealedValue({ id }: { readonly id: string }): JSX.Element | null {
  const { t, revealed } = useInspector();
  const found = revealed.texts.get(id);
  if (found === undefined) return null;
  if (found.failed) {
    return (
      <p class="inspector-note" role="alert">
        {t('The value could not be revealed: {0}', found.text)}
      </p>
    );
  }
  return (
    <div class="inspector-box inspector-box-revealed">
      <p class="inspector-note">
        <span class="codicon codicon-unlock" aria-hidden="true" />{' '}
        {t('Shown unmasked until you select another step. Copying gives the masked value.')}
      </p>
      <span class="inspector-text">{found.text}</span>
    </div>
  );
}
