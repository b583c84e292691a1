import type { JSX } from 'preact';
import type { JsonPath } from '../../src/find/jsonPath.ts';
import type { SearchPlace } from '../../src/find/places.ts';
import {
  type GivenText,
  isAway,
  moreOfText,
  restLabel,
  type TextSide,
  textWindow,
} from '../../src/view/textWindow.ts';
import { FoundText } from './foundText.tsx';
import { useInspector } from './inspectorContext.ts';
import type { ValueChoices } from './readerChoices.ts';

/** A text as it is, its beginning first: more lines come when they are asked for. */
export function LongText({
  text,
  part,
  choices,
  path,
  place,
  onAway,
}: GivenText & {
  readonly choices: Pick<ValueChoices, 'texts'>;
  /** Where it stands in its value. */
  readonly path: JsonPath;
  readonly place: SearchPlace;
  /** Asks for what is not given yet, from a sign of the text on. */
  readonly onAway?: (offset: number) => void;
}): JSX.Element {
  const { t, wrap, language, redraw } = useInspector();
  const given = { text, part };
  const shown = textWindow(given, choices.texts.get(path));
  const more = (side: TextSide) => () => {
    choices.texts.set(path, moreOfText(given, shown, side));
    redraw();
    if (isAway(given, shown, side)) onAway?.(side === 'before' ? shown.from - 1 : shown.to);
  };
  const { before, behind } = shown;
  return (
    <>
      {before.chars > 0 && (
        <button type="button" class="inspector-more" onClick={more('before')}>
          {restLabel(before, 'before', language, t)}
        </button>
      )}
      <span class={wrap ? 'inspector-text' : 'inspector-text inspector-text-unwrapped'}>
        {before.chars > 0 && '…'}
        <FoundText text={shown.text} from={shown.from} place={place} />
        {behind.chars > 0 && '…'}
      </span>
      {behind.chars > 0 && (
        <button type="button" class="inspector-more" onClick={more('behind')}>
          {restLabel(behind, 'behind', language, t)}
        </button>
      )}
    </>
  );
}
