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
  from = 0,
  place,
}: {
  readonly text: string;
  /** Where it begins in the text of its place. */
  readonly from?: number;
  readonly place: SearchPlace;
}): JSX.Element {
  const context = useInspector();
  // Of JSON in a text: a word that is found must not part a colour.
  const plain = withoutColours(text);
  const current = currentIn(plain, from, place, context);
  const spans = spansIn(plain, current, context);
  const parts = textParts(plain, spans);
  return (
    <>
      {parts.map((part, index) => (
        <Part
          key={index}
          {...{ part, context }}
          isCurrent={part.match !== null && spans[part.match]?.offset === current?.offset}
          isBegin={parts[index - 1]?.masked !== true}
        />
      ))}
    </>
  );
}

/** What was searched for in this node; else what was found here in the whole execution. */
function spansIn(
  text: string,
  current: Span | null,
  { needle }: InspectorContext,
): readonly Span[] {
  if (needle === '') return current === null ? [] : [current];
  if (current === null) return occurrences(text, needle);
  // A text that begins within a word that repeats itself would be cut otherwise than where the search found it.
  const behind = current.offset + current.length;
  return [
    ...occurrences(text.slice(0, current.offset), needle),
    current,
    ...occurrences(text.slice(behind), needle).map(({ offset, length }) => ({
      ...{ offset: behind + offset, length },
    })),
  ];
}

/** The match that the search stands at, where it is in this text. */
function currentIn(
  text: string,
  from: number,
  place: SearchPlace,
  { current }: InspectorContext,
): Span | null {
  if (current === null || placeKey(current) !== placeKey(place)) return null;
  const offset = current.offset - from;
  const isThere = offset >= 0 && offset + current.length <= text.length;
  return isThere ? { offset, length: current.length } : null;
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
