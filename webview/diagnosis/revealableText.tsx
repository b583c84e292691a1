import type { ComponentChildren } from 'preact';
import type { ValuePlace } from '../../src/trace/valuePlace.ts';
import type { RunKey } from '../../src/trace/execution.ts';
import { holdsMask } from '../../src/view/maskedValue.ts';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';
import { useRevealed } from '../inspector/useRevealed.ts';

const id = 'text';

/** A text of a finding that may be masked: revealed as values of the inspector are, and masked again like them. */
export function RevealableText({
  text,
  row,
  place,
  children,
}: {
  readonly text: string;
  /** The run whose record part it is; null: the execution itself. */
  readonly row: RunKey | null;
  /** Null: it can't be revealed. */
  readonly place: ValuePlace | null;
  /** The text as it is drawn. */
  readonly children: ComponentChildren;
}) {
  const { state, session, t } = usePanel();
  const { selected, row: selectedRow } = state.choices.value;
  const canReveal = state.tree.value?.canReveal === true && selected !== null;
  const { texts, toggle } = useRevealed(
    selectedRow ?? '',
    canReveal
      ? {
          execution: selected,
          ask: async (wanted) =>
            (await session.ask('reveal', { key: selected, row, place: wanted })).value,
        }
      : null,
  );
  if (!canReveal || place === null || !holdsMask(text)) return <>{children}</>;
  const shown = texts.get(id);
  return (
    <>
      <div class="revealable">
        {children}
        <IconButton
          icon={shown === undefined ? 'eye' : 'eye-closed'}
          label={shown === undefined ? t('Reveal Value') : t('Hide Value')}
          pressed={shown !== undefined}
          onClick={() => {
            toggle(id, place);
          }}
        />
      </div>
      {shown !== undefined && (
        <div class="revealed" role={shown.failed ? 'alert' : 'status'}>
          <p>
            {shown.failed
              ? t('The value could not be revealed: {0}', shown.text)
              : t('Shown unmasked until you select another step. Copying gives the masked value.')}
          </p>
          {!shown.failed && <span class="revealed-text">{shown.text}</span>}
        </div>
      )}
    </>
  );
}
