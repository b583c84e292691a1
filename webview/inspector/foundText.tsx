import type { JSX } from 'preact';
import { withoutColours } from '../../src/base/colours.ts';
import { shownSigns } from '../../src/base/shownSigns.ts';
import { placeKey, type SearchPlace } from '../../src/view/contentSearch.ts';
import { isNotChecked, notCheckedText } from '../../src/texts/notCheckedText.ts';
import { textParts, type TextPart } from '../../src/view/textParts.ts';
import { useInspector, type InspectorContext } from './inspectorContext.ts';

/** A text with its hidden secrets marked and the searched words highlighted. */
export function FoundText({
  text,
  place,
}: {
  readonly text: string;
  readonly place: SearchPlace;
}): JSX.Element {
  const context = useInspector();
  // Of JSON in a text: a word that is found must not part a colour.
  const parts = textParts(withoutColours(text), context.needle);
  return (
    <>
      {parts.map((part, index) => (
        <Part
          key={index}
          {...{ part, place, context }}
          isBegin={parts[index - 1]?.masked !== true}
        />
      ))}
    </>
  );
}

function Part({
  part,
  place,
  context,
  isBegin,
}: {
  readonly part: TextPart;
  readonly place: SearchPlace;
  readonly context: InspectorContext;
  /** A mask is one, though words found in it part it. */
  readonly isBegin: boolean;
}): JSX.Element {
  const { current, t } = context;
  const isChecked = !isNotChecked(part.text);
  const hint = isChecked ? t('A secret, masked by RPA Trace when it arrived') : notCheckedText(t);
  const text = part.masked ? (
    <span class="inspector-masked" title={hint}>
      {isBegin && <span class="codicon codicon-lock-small" aria-hidden="true" />}
      {isChecked ? shownSigns(part.text) : hint}
    </span>
  ) : (
    shownSigns(part.text)
  );
  if (part.match === null) return <>{text}</>;
  const isCurrent =
    current !== null && current.index === part.match && placeKey(current) === placeKey(place);
  return (
    <mark class={isCurrent ? 'inspector-match inspector-match-current' : 'inspector-match'}>
      {text}
    </mark>
  );
}
