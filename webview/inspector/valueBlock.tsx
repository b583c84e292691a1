import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Json } from '../../src/base/json.ts';
import type { NamedValue } from '../../src/trace/execution.ts';
import { hasEntries } from '../../src/texts/attempts.ts';
import { pictureIn } from '../../src/base/picture.ts';
import type { SearchPlace } from '../../src/find/places.ts';
import { fetchedFrom } from '../../src/view/fetchedValues.ts';
import { formatBytes, formatCount } from '../../src/texts/format.ts';
import type { PlacedValue, SectionId } from '../../src/find/places.ts';
import { branchSize, isBranch, type JsonBranch, valueText } from '../../src/find/jsonPath.ts';
import { allGiven, givenPartsOf } from '../../src/view/givenParts.ts';
import { embeddedJson } from '../../src/view/jsonRows.ts';
import { placeToReveal } from '../../src/view/maskedValue.ts';
import { textSize } from '../../src/view/timingFacts.ts';
import { formNotes } from '../../src/texts/treeRowTexts.ts';
import { FoundText } from './foundText.tsx';
import { FollowButton, followOf } from './followButton.tsx';
import { IconButton } from './iconButton.tsx';
import { type InspectorContext, useInspector } from './inspectorContext.ts';
import { JsonTextButton } from './jsonTextButton.tsx';
import { JsonTree } from './jsonTree.tsx';
import { LongText } from './longText.tsx';
import { PictureValue } from './pictureValue.tsx';
import { RevealButton, RevealedValue } from './revealedValue.tsx';
import { choicesOf, type ValueChoices } from './readerChoices.ts';
import { StoredValue } from './storedValue.tsx';
import { type HandedText, valueMenu } from './valueMenu.ts';

/** A named value: its name, form and size, what can be done with it, and the value below. */
export function ValueBlock({
  placed,
  section,
}: {
  readonly placed: PlacedValue;
  readonly section: SectionId;
}): JSX.Element {
  const context = useInspector();
  const { t, choices: content, redraw, onValueMenu } = context;
  const { value, id } = placed;
  const choices = choicesOf(content, id);
  const isShort =
    !isBranch(value.value) && isOneLine(value.value) && value.form !== 'link' && !isPicture(value);
  const place: SearchPlace = { section, entry: id, path: '', part: 'value' };
  const toggle = () => {
    choices.folded = !choices.folded;
    redraw();
  };
  const follow = followOf(context, section, placed.index);
  return (
    <section
      class="inspector-value"
      data-entry={id}
      // A click on a value without parts is meant by the key behind it.
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'F12' || event.defaultPrevented || follow === null) return;
        event.preventDefault();
        event.stopPropagation();
        follow('');
      }}
      {...valueMenu(
        { path: value.name, section, index: placed.index },
        {
          text: () => textOf(context, placed, section),
          follow: follow === null ? null : () => follow(''),
        },
        onValueMenu,
      )}
    >
      <header class="inspector-value-head">
        {isShort ? (
          <span class="inspector-value-twistie" />
        ) : (
          <button
            type="button"
            class={`inspector-value-twistie codicon codicon-chevron-${choices.folded ? 'right' : 'down'}`}
            aria-expanded={!choices.folded}
            aria-label={t('Value of {0}', value.name)}
            onClick={toggle}
          />
        )}
        <span class="inspector-value-name" onClick={isShort ? undefined : toggle}>
          <FoundText text={value.name} place={{ ...place, part: 'name' }} />
        </span>
        {isShort && (
          <span class="inspector-value-short">
            <Scalar value={value.value} place={place} />
          </span>
        )}
        <ValueNotes placed={placed} isShort={isShort} />
        <ValueActions placed={placed} choices={choices} section={section} />
      </header>
      <RevealedValue id={id} />
      {!isShort && !choices.folded && (
        <div class="inspector-value-body">
          <ValueBody placed={placed} choices={choices} place={place} />
        </div>
      )}
    </section>
  );
}

function ValueNotes({
  placed: { value },
  isShort,
}: {
  readonly placed: PlacedValue;
  readonly isShort: boolean;
}): JSX.Element {
  const { t, language, content } = useInspector();
  const note = formNotes[value.form];
  const source = fetchedFrom(value);
  const size = useMemo(() => {
    if (isBranch(value.value)) return bracketed(value, value.value, language);
    const bytes = givenPartsOf(value).get('')?.bytes;
    if (bytes !== undefined) return formatBytes(bytes);
    return isShort || typeof value.value !== 'string' ? '' : textSize(value.value);
  }, [value.value, isShort, language]);
  return (
    <span class="inspector-value-notes">
      {size !== '' && <span class="inspector-value-size">{size}</span>}
      {note !== '' && !isShort && <span class="inspector-value-form">{t(note)}</span>}
      {source !== null && (
        <span class="inspector-value-form" title={source}>
          {t('fetched')}
        </span>
      )}
      {value.round !== null && (
        <span class="inspector-value-form">
          {content.kind === 'node' && hasEntries(content.row)
            ? t('entry {0}', value.round + 1)
            : t('round {0}', value.round + 1)}
        </span>
      )}
    </span>
  );
}

function ValueActions({
  placed,
  section,
  choices,
}: {
  readonly placed: PlacedValue;
  readonly section: SectionId;
  readonly choices: ValueChoices;
}): JSX.Element {
  const context = useInspector();
  const { t, title, content, onCopy, onOpenText } = context;
  const { value, index } = placed;
  // Of what was fetched the record holds the address alone.
  const place = fetchedFrom(value) === null ? placeToReveal(content, section, index) : null;
  // A value can have a megabyte; it is written out when somebody wants it.
  const text = () => textOf(context, placed, section);
  const inner = useInnerJson(value.value);
  const isJson = isBranch(value.value);
  return (
    <span class="inspector-value-actions">
      {inner !== null && <JsonTextButton choices={choices} />}
      <FollowButton section={section} index={index} path="" />
      <RevealButton id={placed.id} value={value.value} place={place} />
      <IconButton
        icon="copy"
        label={t('Copy {0}', value.name)}
        confirms={t('Copied')}
        onClick={() => onCopy(text())}
      />
      <IconButton
        icon="go-to-file"
        label={t('Open {0} in Editor', value.name)}
        onClick={() => {
          const language = isJson || inner !== null ? 'json' : 'plaintext';
          onOpenText(`${title} ${value.name}`, text(), language);
        }}
      />
    </span>
  );
}

function ValueBody({
  placed: { value, index },
  choices,
  place,
}: {
  readonly placed: PlacedValue;
  readonly choices: ValueChoices;
  readonly place: SearchPlace;
}): JSX.Element {
  const { t, onWanted } = useInspector();
  const { section } = place;
  const whole = value.value;
  const json = useInnerJson(whole);
  const inner = choices.pretty.get('') === true ? json : null;
  const picture = useMemo(() => pictureIn(whole), [whole]);
  if (isBranch(whole) || inner !== null) {
    return (
      <JsonTree
        value={inner ?? whole}
        given={inner === null ? givenPartsOf(value) : allGiven}
        choices={choices}
        section={place.section}
        index={index}
        entry={place.entry}
        name={value.name}
        label={t('Value of {0}', value.name)}
      />
    );
  }
  if (typeof whole !== 'string') return <Scalar value={whole} place={place} />;
  if (picture !== null) return <PictureValue picture={picture} name={value.name} />;
  return (
    <Boxed isLink={value.form === 'link'}>
      <LongText
        text={whole}
        part={givenPartsOf(value).get('')}
        choices={choices}
        path=""
        place={place}
        onAway={(offset) => onWanted({ section, index, path: '', offset })}
      />
      {value.form === 'link' && <StoredValue name={value.name} address={whole} />}
    </Boxed>
  );
}

function Boxed({
  isLink,
  children,
}: {
  readonly isLink: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={isLink ? 'inspector-box inspector-box-link' : 'inspector-box'}>{children}</div>
  );
}

function Scalar({
  value,
  place,
}: {
  readonly value: null | boolean | number | string;
  readonly place: SearchPlace;
}): JSX.Element {
  const { t } = useInspector();
  if (value === '') return <span class="inspector-json-null">{t('empty text')}</span>;
  const type = value === null ? 'null' : typeof value;
  return (
    <span class={`inspector-json-${type} inspector-scalar`}>
      <FoundText text={String(value)} place={place} />
    </span>
  );
}

function useInnerJson(value: Json): JsonBranch | null {
  return useMemo(() => (typeof value === 'string' ? embeddedJson(value) : null), [value]);
}

/** A picture of few bytes is one too. */
function isPicture({ value }: NamedValue): boolean {
  return typeof value === 'string' && value.startsWith('data:image/') && pictureIn(value) !== null;
}

function isOneLine(value: null | boolean | number | string): boolean {
  return typeof value !== 'string' || (value.length <= 100 && !value.includes('\n'));
}

/** All of it, though it may have been sent in part. */
function textOf(
  { refOf }: Pick<InspectorContext, 'refOf'>,
  { value, index }: PlacedValue,
  section: SectionId,
): HandedText {
  return value.leftOut === undefined ? valueText(value.value) : refOf(section, index, '');
}

function bracketed(named: NamedValue, value: JsonBranch, language: string): string {
  const size = formatCount(givenPartsOf(named).get('')?.size ?? branchSize(value), language);
  return Array.isArray(value) ? `[${size}]` : `{${size}}`;
}
