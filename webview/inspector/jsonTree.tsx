import { Component, type JSX } from 'preact';
import { useMemo, useReducer, useState } from 'preact/hooks';
import type { Json } from '../../src/base/json.ts';
import { isStoredAddress } from '../../src/view/fetchedValues.ts';
import type { LeftOutParts } from '../../src/trace/execution.ts';
import { leafText, type SearchPlace } from '../../src/find/places.ts';
import type { SectionId } from '../../src/find/places.ts';
import {
  embeddedJson,
  jsonRows,
  openAtFirst,
  partsPerPage,
  type JsonRow,
} from '../../src/view/jsonRows.ts';
import { type JsonPath, valueText } from '../../src/find/jsonPath.ts';
import { formatCount } from '../../src/texts/format.ts';
import { valuePath } from '../../src/find/valuePath.ts';
import { scrollIntoSight } from '../controls/scrollIntoSight.ts';
import { allGiven, goesOn, type GivenParts } from '../../src/view/givenParts.ts';
import { FoundText } from './foundText.tsx';
import { FollowButton, followOf } from './followButton.tsx';
import { IconButton } from './iconButton.tsx';
import { type InspectorContext, useInspector } from './inspectorContext.ts';
import { useFirstRows } from './firstRows.ts';
import { Branch, Twistie } from './jsonBranch.tsx';
import { partsOnly, rowId, step } from './jsonWalk.ts';
import { LongText } from './longText.tsx';
import { choicesWithin, type ValueChoices } from './readerChoices.ts';
import { StoredLeaf } from './storedValue.tsx';
import { valueMenu } from './valueMenu.ts';

/** A value as a tree of its parts, with one tab stop: arrows walk, open and close. */
export function JsonTree({
  value,
  given = allGiven,
  choices,
  section,
  index,
  entry,
  name,
  label,
  pathPrefix = '',
}: {
  readonly value: Json;
  /** What is given of lists, objects and texts that go on. */
  readonly given?: GivenParts;
  readonly choices: ValueChoices;
  readonly section: SectionId;
  /** Which value of its section it is, or stands in. */
  readonly index: number;
  readonly entry: string;
  /** What the whole is called, for the paths of its parts. */
  readonly name: string;
  readonly label: string;
  /** Set for JSON inside a text, whose places must differ from those around it. */
  readonly pathPrefix?: JsonPath;
}): JSX.Element {
  const context = useInspector();
  const { onValueMenu } = context;
  // What is opened and closed here concerns nothing else of the inspector.
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [focused, setFocused] = useState<JsonPath | null>(null);
  const opened = useMemo(() => openAtFirst(value), [value]);
  const rows = partsOnly(jsonRows(value, choices, opened, given));
  const drawn = useFirstRows(rows, context.current !== null || focused !== null);
  const focus = Math.max(
    0,
    rows.findIndex((row) => rowId(row) === focused),
  );
  /** All of it, though it may have been sent in part. */
  const textOf = ({ path, value: part }: Exclude<JsonRow, { kind: 'more' }>) =>
    pathPrefix === '' && goesOn(given, path)
      ? context.refOf(section, index, path)
      : valueText(part);
  const copy = (row: Exclude<JsonRow, { kind: 'more' }>) => {
    context.onCopy(textOf(row));
  };
  const menuOf = (row: Exclude<JsonRow, { kind: 'more' }>) => {
    const place = { path: valuePath(name, pathPrefix + row.path), section, index };
    const follow = followOf(context, section, index);
    const value = {
      text: () => textOf(row),
      follow: follow === null ? null : () => follow(pathPrefix + row.path),
    };
    return valueMenu(place, value, onValueMenu);
  };
  const idOf = (row: JsonRow) => `json ${entry} ${pathPrefix} ${rowId(row)}`.replaceAll(/\s/g, '_');

  const toggle = (row: JsonRow): void => {
    if (row.kind === 'branch' && row.size > 0) choices.open.set(row.path, !row.open);
    else if (row.kind === 'more') showMore(row, choices);
    redraw(0);
    if (row.kind === 'more' && row.isAway) {
      const offset = row.side === 'before' ? row.from - 1 : row.until;
      context.onWanted({ section, index, path: row.path, offset });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[focus];
    if (row === undefined || event.altKey || event.target !== event.currentTarget) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && row.kind !== 'more') {
      // A selection of the reader's own is copied by the browser.
      if (document.getSelection()?.isCollapsed === false) return;
      copy(row);
    } else if (event.ctrlKey || event.metaKey) {
      return;
    } else if (event.key === 'F12' && row.kind !== 'more') {
      const follow = followOf(context, section, index);
      if (follow === null) return;
      follow(pathPrefix + row.path);
    } else if (event.key === 'Enter' || event.key === ' ') {
      toggle(row);
    } else {
      const target = step(event.key, rows, focus);
      if (target === null) return;
      if (target === 'toggle') toggle(row);
      else {
        const next = rows[target];
        if (next === undefined) return;
        setFocused(rowId(next));
        const element = document.getElementById(idOf(next));
        if (element !== null) scrollIntoSight(element, 'nearest');
      }
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      class="inspector-json"
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={rows[focus] === undefined ? undefined : idOf(rows[focus])}
      onKeyDown={onKeyDown}
    >
      {drawn.map((row, place) => (
        <Row
          key={rowId(row)}
          id={idOf(row)}
          row={row}
          isFocused={place === focus}
          choices={choices}
          text={given.get(row.path)}
          index={index}
          name={name}
          place={{ section, entry, path: pathPrefix + row.path, part: 'value' }}
          menu={row.kind === 'more' ? {} : menuOf(row)}
          around={context}
          onFocus={() => setFocused(rowId(row))}
          onToggle={() => toggle(row)}
          onCopy={copy}
        />
      ))}
    </div>
  );
}

interface PartProps {
  readonly row: JsonRow;
  readonly name: string;
  readonly index: number;
  readonly choices: ValueChoices;
  /** What is given of a text that goes on. */
  readonly text: LeftOutParts | undefined;
  readonly place: SearchPlace;
  readonly onToggle: () => void;
  readonly onCopy: (row: Exclude<JsonRow, { kind: 'more' }>) => void;
}

interface RowProps extends PartProps {
  readonly id: string;
  readonly isFocused: boolean;
  readonly menu: Partial<ReturnType<typeof valueMenu>>;
  /** Where another is given all is drawn with it: a match that is looked for must be there to be scrolled to. */
  readonly around: InspectorContext;
  readonly onFocus: () => void;
}

/**
 * A line, drawn anew where something of it changed: of a hundred lines one, where a part is opened. What it does goes by
 * what it shows, so that what it was given before does the same.
 */
class Row extends Component<RowProps, { readonly isNear: boolean }> {
  // What can be done with a part is made where somebody points at it: of a hundred parts it would be half of all elements.
  override state = { isNear: false };

  override shouldComponentUpdate(next: RowProps, { isNear }: { readonly isNear: boolean }) {
    return isNear !== this.state.isNear || !isSameRow(next, this.props);
  }

  override render(): JSX.Element {
    const { id, isFocused, menu, around: _, onFocus, ...part } = this.props;
    const { row } = part;
    return (
      <div
        id={id}
        role="treeitem"
        aria-level={row.depth + 1}
        {...(row.kind === 'branch' && row.size > 0 ? { 'aria-expanded': row.open } : {})}
        class={`inspector-json-row${isFocused ? ' inspector-json-focused' : ''}`}
        style={{ paddingLeft: `${Math.min(row.depth, 20) * 14}px` }}
        onMouseEnter={() => this.setState({ isNear: true })}
        onMouseDown={onFocus}
        {...menu}
      >
        <Part {...part} isActive={isFocused || this.state.isNear} />
      </div>
    );
  }
}

function isSameRow(one: RowProps, other: RowProps): boolean {
  if (one.around !== other.around || one.id !== other.id) return false;
  if (one.isFocused !== other.isFocused) return false;
  if (one.choices !== other.choices || one.name !== other.name || one.index !== other.index) {
    return false;
  }
  const fields = Object.entries(one.row);
  const before: Readonly<Record<string, unknown>> = { ...other.row };
  return fields.every(([field, is]) => before[field] === is);
}

/** Another page of parts, on the side that was asked for. */
function showMore(row: Extract<JsonRow, { kind: 'more' }>, choices: ValueChoices) {
  const { path, side, rest, from, until } = row;
  const more = Math.min(partsPerPage, rest);
  const first = side === 'before' ? from - more : from;
  choices.from.set(path, first);
  choices.shown.set(path, (side === 'behind' ? until + more : until) - first);
}

function Part({
  row,
  choices,
  text,
  index,
  name,
  place,
  isActive,
  onToggle,
  onCopy,
}: PartProps & { readonly isActive: boolean }): JSX.Element {
  const { t, language } = useInspector();
  if (row.kind === 'more') {
    const [count, size] = [Math.min(partsPerPage, row.rest), formatCount(row.size, language)];
    return (
      <button type="button" tabIndex={-1} class="inspector-more" onClick={onToggle}>
        {row.side === 'before'
          ? t('Show Previous {0} of {1}', count, size)
          : t('Show {0} More of {1}', count, size)}
      </button>
    );
  }
  return (
    <>
      <Twistie row={row} onToggle={onToggle} />
      <span class="inspector-json-line">
        {row.name !== null && (
          <span class="inspector-json-name" onClick={row.kind === 'branch' ? onToggle : undefined}>
            <FoundText text={row.name} place={{ ...place, part: 'key' }} />
            <span class="inspector-json-colon">: </span>
          </span>
        )}
        {row.kind === 'branch' ? (
          <Branch row={row} onToggle={onToggle} />
        ) : (
          <Leaf {...{ row, index, name, choices, text, place }} />
        )}
      </span>
      {isActive && (
        <span class="inspector-json-actions">
          <FollowButton section={place.section} index={index} path={place.path} isStop={false} />
          <IconButton
            icon="copy"
            label={t('Copy Value')}
            confirms={t('Copied')}
            isStop={false}
            onClick={() => onCopy(row)}
          />
        </span>
      )}
    </>
  );
}

function Leaf({
  row,
  index,
  name,
  choices,
  text,
  place,
}: Omit<PartProps, 'row' | 'onToggle' | 'onCopy'> & {
  readonly row: Extract<JsonRow, { kind: 'leaf' }>;
}): JSX.Element {
  const { redraw, t, onWanted } = useInspector();
  const { value, path } = row;
  const { section } = place;
  if (typeof value !== 'string') {
    return (
      <span class={`inspector-json-${value === null ? 'null' : typeof value}`}>
        <FoundText text={leafText(value)} place={place} />
      </span>
    );
  }
  const inner = value.length > 1 ? embeddedJson(value) : null;
  const isPretty = inner !== null && choices.pretty.get(path) === true;
  return (
    <span class="inspector-json-string">
      {inner !== null && (
        <button
          type="button"
          tabIndex={-1}
          class="inspector-json-inner"
          aria-pressed={isPretty}
          title={t('Show JSON Text as Tree')}
          onClick={() => {
            choices.pretty.set(path, !isPretty);
            redraw();
          }}
        >
          {'{ }'}
        </button>
      )}
      {isPretty ? (
        <InnerTree {...{ value: inner, index, name, choices, place, path }} />
      ) : (
        <>
          <span class="inspector-json-quote">"</span>
          <LongText
            text={value}
            part={text}
            choices={choices}
            path={path}
            place={place}
            onAway={(offset) => onWanted({ section, index, path, offset })}
          />
          <span class="inspector-json-quote">"</span>
          {isStoredAddress(value) && <StoredLeaf name={row.name ?? ''} address={value} />}
        </>
      )}
    </span>
  );
}

function InnerTree({
  value,
  index,
  name,
  choices,
  place,
  path,
}: Omit<PartProps, 'row' | 'text' | 'onToggle' | 'onCopy'> & {
  readonly value: Json;
  readonly path: JsonPath;
}): JSX.Element {
  const { t } = useInspector();
  // Its places begin with a sign that no path of the value around it has.
  return (
    <JsonTree
      value={value}
      choices={choicesWithin(choices, `${path}#`)}
      section={place.section}
      index={index}
      entry={place.entry}
      name={name}
      label={t('JSON in the text')}
      pathPrefix={`${place.path}#`}
    />
  );
}
