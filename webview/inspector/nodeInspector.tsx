import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import '../colours.css';
import './inspector.css';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { InspectorContent, ValueRef } from '../../src/protocol/inspector.ts';
import { ancestors } from '../../src/find/jsonPath.ts';
import type { ExecutionKey, Milliseconds } from '../../src/trace/execution.ts';
import type { WantedPart } from '../../src/trace/wantedPart.ts';
import {
  contentKey,
  inspectorSections,
  inspectorTabs,
  sectionOfError,
  tabWith,
  type InspectorTab,
} from '../../src/view/inspectorSections.ts';
import type { SectionId } from '../../src/find/places.ts';
import { withFetched } from '../../src/view/fetchedValues.ts';
import { roundsToChoose } from '../../src/view/rounds.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { inspectedContext } from '../contextMenus.ts';
import { IconButton } from './iconButton.tsx';
import {
  type Follow,
  InspectorContextHolder,
  useInspector,
  type InspectorContext,
  type RowFinder,
  type WantedPlaceIn,
} from './inspectorContext.ts';
import { contentName, InspectorHead, NodeFindings } from './inspectorHead.tsx';
import { InspectorTabs, tabElementId } from './inspectorTabs.tsx';
import { NotRunView } from './notRunView.tsx';
import { ReaderChoices } from './readerChoices.ts';
import { RoundNotes } from './roundNotes.tsx';
import { RoundSwitcher } from './roundSwitcher.tsx';
import { SearchBar } from './searchBar.tsx';
import { SectionView } from './sectionView.tsx';
import { StoredFetches, type StoredValuePort } from './storedFetches.ts';
import { useRevealed, type Reveal } from './useRevealed.ts';
import { scrollIntoSight } from '../controls/scrollIntoSight.ts';
import { useShownMatch } from './useShownMatch.ts';
import { useWantedPlace, type WantedPlace } from './useWantedPlace.ts';
import { useWantedRound, type WantedRound } from './useWantedRound.ts';
import { useSearch } from './useSearch.ts';
import type { HandedText, MenuValue } from './valueMenu.ts';

/** What is inspected, and whom the inspector tells. */
export interface NodeInspectorProps {
  /** Null: nothing is chosen yet. What was shown stays while other content is loading. */
  readonly content: InspectorContent | null;
  readonly loading: boolean;
  /** What went wrong when the content was asked for. */
  readonly error: string | null;
  /** There is width for input and output side by side. */
  readonly wide: boolean;
  /** What runs goes on, and counts up. */
  readonly isLive?: boolean;
  /** Of one that runs: when its last step began or ended, by the clock of its robot. */
  readonly reachedMs?: Milliseconds | undefined;
  readonly findings: readonly Finding[];
  readonly stored: StoredValuePort;
  readonly onReveal: () => void;
  /** Searches what is not all in the page; null where there is nobody to ask. */
  readonly finder?: RowFinder | null;
  /** Asks for a part of a value that is not given yet. */
  readonly onWanted?: (part: WantedPart) => void;
  /** Its record is gone: of it the history has a summary. */
  readonly isSummaryOnly?: boolean;
  /** Opens the execution that is inspected, where it is not the one that is open. */
  readonly onOpen?: (() => void) | null;
  /** A round that shall be shown of a row; `n` tells a new wish from an old one. */
  readonly wantedRound?: WantedRound | null;
  /** A place that was found, to be shown and marked. */
  readonly wantedPlace?: WantedPlace | null;
  /** Follows a value of a node: back to where it came from, or to who used it. */
  readonly onFollow?: Follow | null;
  /** Looks for a text in the whole execution; null where there is only what is inspected. */
  readonly onFindAll?: ((text: string) => void) | null;
  /** Null: masked values stay masked. */
  readonly reveal?: Reveal | null;
  /** The execution whose tree it belongs to. */
  readonly execution?: ExecutionKey;
  /** What the reader chose before; by default it begins afresh. */
  readonly readers?: ReaderChoices;
  readonly onCopy: (text: HandedText) => void;
  readonly onValueMenu: (value: MenuValue) => void;
  readonly onOpenText: (
    title: string,
    text: HandedText,
    language: 'json' | 'plaintext' | 'log',
  ) => void;
  readonly t: Translate;
}

/** What the reader chose before, and the tab where he chose none for what is inspected. */
function useReaders(given: ReaderChoices | undefined) {
  const own = useRef<ReaderChoices>(null);
  const readers = given ?? (own.current ??= new ReaderChoices());
  const [wanted, setTab] = useState(readers.tab);
  const setWanted = (tab: SectionId) => {
    readers.tab = tab;
    setTab(tab);
  };
  return { readers, wanted, setWanted };
}

function wantedPart({ section, index, path, offset }: WantedPlaceIn): WantedPart {
  const names = ancestors(path).map(({ key }) => key);
  return {
    ...{ section: section as WantedPart['section'], index, path: names },
    ...(offset !== undefined && { offset }),
  };
}

/** What a node or an execution got, gave and said. Open parts and the tab stay over refreshed content. */
export function NodeInspector(props: NodeInspectorProps): JSX.Element {
  const { content, isSummaryOnly = false, loading, error, t } = props;
  const { readers, wanted, setWanted } = useReaders(props.readers);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const fetches = useRef<StoredFetches>(null);
  fetches.current ??= new StoredFetches(() => redraw(0));
  const { fetched } = fetches.current;
  const sections = useMemo(
    () => (content === null ? [] : withFetched(inspectorSections(content, isSummaryOnly), fetched)),
    [content, isSummaryOnly, fetched],
  );
  const key = content === null ? '' : contentKey(content);
  const choices = readers.of(key);
  const choose = (section: SectionId) => {
    choices.section = section;
    setWanted(section);
    redraw(0);
  };
  useWantedRound(props.wantedRound ?? null, readers, setWanted);
  const tabs = inspectorTabs(sections, props.wide);
  // With input and output side by side, both are more than the error alone.
  const errorSection = props.wide || content === null ? null : sectionOfError(content, sections);
  const active = tabWith(tabs, choices.section ?? errorSection ?? wanted);
  const isInOpenTab = (id: SectionId) =>
    active?.sections.some((section) => section.id === id) === true;
  const onWanted = (part: WantedPlaceIn) => props.onWanted?.(wantedPart(part));
  const shown = useShownMatch({ key, sections, choices }, onWanted);
  const search = useSearch({
    ...{ key, sections, isInOpenTab, onAll: props.onFindAll, finder: props.finder ?? null },
    show: (match) => {
      shown.show(match);
      choose(match.section);
    },
  });
  const place = useWantedPlace(props.wantedPlace, { key, choices, shown }, readers, setWanted);
  // What was found in the whole execution is looked at, not what was looked for here before.
  useEffect(() => {
    if (place !== null) search.onClose();
  }, [props.wantedPlace]);
  const revealed = useRevealed(key, props.reveal ?? null);

  if (content === null) {
    return <Nothing loading={loading} error={error} t={t} />;
  }
  const context: InspectorContext = {
    t,
    language: document.documentElement.lang || 'en',
    title: contentName(content, t),
    content,
    isLive: props.isLive ?? false,
    reachedMs: props.reachedMs,
    revealed,
    choices,
    redraw: () => redraw(0),
    needle: search.isOpen ? search.state.text : '',
    current: search.isOpen ? search.current : place,
    wrap: readers.wraps,
    stored: storedValues(fetches.current, props),
    onFollow: followOfNode(props),
    onCopy: props.onCopy,
    onWanted,
    refOf: (...place) => refTo(content, props.execution, place),
    onValueMenu: props.onValueMenu,
    onOpenText: props.onOpenText,
  };
  return (
    <InspectorContextHolder.Provider value={context}>
      <section
        class="inspector"
        // What the menus of its values know beside their own.
        data-vscode-context={inspectedContext(content)}
        aria-label={t('Details of {0}', context.title)}
        aria-busy={loading}
        onKeyDown={search.onKeyDown}
      >
        {loading && (
          <div class="inspector-progress" role="progressbar" aria-label={t('Loading…')} />
        )}
        <InspectorHead content={content} onReveal={props.onReveal} onOpen={props.onOpen ?? null} />
        <NodeFindings content={content} findings={props.findings} />
        <RoundNotes />
        {error !== null && <ErrorNote text={error} />}
        {content.kind === 'notRun' && <NotRunView row={content.row} onReveal={props.onReveal} />}
        {content.kind !== 'notRun' && active !== undefined && (
          <>
            <div class="inspector-toolbar">
              <InspectorTabs tabs={tabs} active={active} found={search.found} onChoose={choose} />
              <div class="inspector-tools">
                <IconButton
                  icon="word-wrap"
                  label={t('Wrap Long Lines')}
                  words={t('Wrap')}
                  pressed={readers.wraps}
                  onClick={() => {
                    readers.wraps = !readers.wraps;
                    redraw(0);
                  }}
                />
                <IconButton
                  icon="search"
                  label={t('Find in Values and Logs (Ctrl+F)')}
                  words={t('Find')}
                  pressed={search.isOpen}
                  onClick={() => (search.isOpen ? search.onClose() : search.open())}
                />
              </div>
            </div>
            {search.isOpen && <SearchBar {...search} />}
            <Panel
              key={`${key} ${active.id}`}
              active={active}
              content={content}
              shows={`${String(shown.shows)} ${String(props.wantedPlace?.n)}`}
            />
          </>
        )}
      </section>
    </InspectorContextHolder.Provider>
  );
}

/** A value of what is shown, which may be another row than what is chosen by now. */
function refTo(
  content: InspectorContent,
  execution: ExecutionKey | undefined,
  [section, index, path]: Parameters<InspectorContext['refOf']>,
): ValueRef {
  const isWhole = content.kind === 'execution';
  const key = isWhole ? content.summary.key : (execution ?? '');
  return { key, row: isWhole ? null : content.row.key, section, index, path };
}

/** What an execution itself got is followed from the nodes that got it. */
function followOfNode({ content, onFollow }: NodeInspectorProps): Follow | null {
  return content?.kind === 'node' ? (onFollow ?? null) : null;
}

function storedValues(
  fetches: StoredFetches,
  { stored, t }: NodeInspectorProps,
): InspectorContext['stored'] {
  return {
    stateOf: (address) => fetches.stateOf(address),
    hostOf: (address) => stored.hostOf(address),
    fetch: (name, address, consent) => fetches.fetch(name, address, consent, stored, t),
    cancel: (id) => stored.cancel(id),
    openSetting: (setting) => stored.openSetting(setting),
  };
}

/** The active tab's sections; its own element for each tab of each node, so that each begins at its top. */
function Panel({
  active,
  content,
  shows,
}: {
  readonly active: InspectorTab;
  readonly content: InspectorContent;
  /** Another one each time that a place is to be shown. */
  readonly shows: string;
}): JSX.Element {
  const { t, choices, current } = useInspector();
  const element = useRef<HTMLDivElement>(null);
  const rounds = roundsToChoose(content, active.sections);
  const round =
    rounds === null ? null : Math.min(choices.round ?? rounds.initial, rounds.count - 1);
  useLayoutEffect(() => {
    // Once for each step of the search, when what hid the match is open.
    const mark = element.current?.querySelector('.inspector-match-current');
    if (mark != null) scrollIntoSight(mark, 'center');
  }, [current, shows]);
  return (
    <div
      ref={element}
      id="inspector-panel"
      class="inspector-panel"
      role="tabpanel"
      aria-labelledby={tabElementId(active.id)}
    >
      {rounds !== null && round !== null && <RoundSwitcher round={round} rounds={rounds} />}
      <div class={active.sections.length > 1 ? 'inspector-columns' : 'inspector-column'}>
        {active.sections.map((section) => (
          <div
            key={section.id}
            class="inspector-section"
            {...(section.id === 'timing'
              ? // Nothing in it takes the focus, so that keys scroll it only where it does itself.
                { tabIndex: 0, role: 'group', 'aria-label': t(section.title) }
              : { tabIndex: -1 })}
          >
            {active.sections.length > 1 && <h3 class="inspector-subhead">{t(section.title)}</h3>}
            <SectionView section={section} content={content} round={round} />
          </div>
        ))}
      </div>
    </div>
  );
}

function ErrorNote({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="inspector-error" role="alert">
      <span class="codicon codicon-error" aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}

function Nothing({
  loading,
  error,
  t,
}: Pick<NodeInspectorProps, 'loading' | 'error' | 't'>): JSX.Element {
  if (error !== null) {
    return (
      <div class="inspector inspector-nothing">
        <ErrorNote text={error} />
      </div>
    );
  }
  return (
    <div class="inspector inspector-nothing" aria-busy={loading}>
      <span class={`codicon codicon-${loading ? 'loading' : 'inspect'}`} aria-hidden="true" />
      <p>
        {loading ? t('Reading the record…') : t('Select a step to see its input, output and logs.')}
      </p>
    </div>
  );
}
