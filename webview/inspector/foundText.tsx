import type { JSX } from 'preact';
import { withoutColours } from '../../src/base/colours.ts';
import { shownSigns } from '../../src/base/shownSigns.ts';
import { occurrences, type Span } from '../../src/find/occurrences.ts';
import { placeKey, type SearchPlace } from '../../src/find/places.ts';
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
  const plain = withoutColours(text);
  const spans = spansIn(plain, place, context);
  const parts = textParts(plain, spans);
  return (
    <>
      {parts.map((part, index) => (
        <Part
          key={index}
          {...{ part, context }}
          isCurrent={part.match !== null && isCurrent(spans[part.match], place, context)}
          isBegin={parts[index - 1]?.masked !== true}
        />
      ))}
    </>
  );
}

/** What was searched for in this node; else what was found here in the whole execution. */
function spansIn(
  text: string,
  place: SearchPlace,
  { needle, current }: InspectorContext,
): readonly Span[] {
  if (needle !== '') return occurrences(text, needle);
  return current !== null && placeKey(current) === placeKey(place) ? [current] : [];
}

function isCurrent(
  span: Span | undefined,
  place: SearchPlace,
  { current }: InspectorContext,
): boolean {
  return (
    current !== null && span?.offset === current.offset && placeKey(current) === placeKey(place)
  );
}

function Part({
  part,
  context,
  isBegin,
  isCurrent,
}: {
  readonly part: TextPart;
  readonly context: InspectorContext;
  readonly isCurrent: boolean;
  /** A mask is one, though words found in it part it. */
  readonly isBegin: boolean;
}): JSX.Element {
  const { t } = context;
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
  return (
    <mark class={isCurrent ? 'inspector-match inspector-match-current' : 'inspector-match'}>
      {text}
    </mark>
  );
}
