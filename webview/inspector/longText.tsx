import type { JSX } from 'preact';
import type { SearchPlace } from '../../src/view/contentSearch.ts';
import { linesPerStep, textWindow } from '../../src/view/textWindow.ts';
import { formatCount } from '../../src/texts/format.ts';
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
          {shown.restLines > 0
            ? t(
                'Show {0} more lines of {1}',
                Math.min(linesPerStep, shown.restLines),
                formatCount(shown.restLines, language),
              )
            : t('Show more, {0} characters are left', formatCount(shown.restChars, language))}
        </button>
      )}
    </>
  );
}
