import type { JSX } from 'preact';
import type { SearchPlace } from '../../src/find/places.ts';
import { restLabel, textWindow } from '../../src/view/textWindow.ts';
import { FoundText } from './foundText.tsx';
import { useInspector } from './inspectorContext.ts';

/** A text as it is, its beginning first: more lines come when they are asked for. */
export function LongText({
  text,
  steps,
  onMore,
  place,
}: {
  readonly text: string;
  readonly steps: number;
  readonly onMore: () => void;
  readonly place: SearchPlace;
}): JSX.Element {
  const { t, wrap, language } = useInspector();
  const shown = textWindow(text, steps);
  return (
    <>
      <span class={wrap ? 'inspector-text' : 'inspector-text inspector-text-unwrapped'}>
        <FoundText text={shown.text} place={place} />
        {shown.restChars > 0 && '…'}
      </span>
      {shown.restChars > 0 && (
        <button type="button" class="inspector-more" onClick={onMore}>
          {restLabel(shown, language, t)}
        </button>
      )}
    </>
  );
}
