import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import './colours.css';
import './controls/choice.css';
import './panel.css';
import { Announcements } from './announcements.tsx';
import { firstChoices } from './choices.ts';
import { DropTarget } from './connect/dropTarget.tsx';
import { CompareRegion } from './compare/compareRegion.tsx';
import { ConnectPage, Welcome } from './connect/welcome.tsx';
import { Split } from './controls/split.tsx';
import { KeyFigures } from './dashboard/keyFigures.tsx';
import { Detail } from './detail.tsx';
import { Banners } from './header/banners.tsx';
import { NewsNote } from './header/newsNote.tsx';
import { FilterNotes } from './filter/filterNotes.tsx';
import { FlowEditor } from './flowView/flowEditor.tsx';
import { Header } from './header/header.tsx';
import { HealthPage } from './health/healthPage.tsx';
import { RejectedRecords } from './rejected/rejectedRecords.tsx';
import { emptyReason } from './list/emptyReason.ts';
import { EmptyState } from './list/emptyState.tsx';
import { ExecutionPicker } from './list/executionPicker.tsx';
import { ListRegion } from './list/listRegion.tsx';
import { NewerPill } from './list/newerPill.tsx';
import { Dashboard } from './numbers/dashboard.tsx';
import { NumbersRegion } from './numbers/numbersRegion.tsx';
import { PageSwitch } from './numbers/pageSwitch.tsx';
import { ProblemsRegion } from './problems/problemsRegion.tsx';
import { usePanel } from './panelContext.ts';
import type { PanelState } from './state.ts';

/** From this width on the list has a column of its own. */
const wideFrom = 900;
const minList = 180;
const minDetail = 400;

/** What all menus of the panel go by. */
function contextOf({ pinned, hasLinks }: PanelState): string {
  return JSON.stringify({
    ...(pinned !== null && { panelIsPinned: true }),
    ...(hasLinks.value && { sourceHasLinks: true }),
  });
}

/** The whole panel. */
export function App() {
  const { state } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const measure = () => {
      state.wide.value = element.clientWidth >= wideFrom;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useFailureKeys();
  return (
    <div
      ref={root}
      class={`panel ${state.wide.value ? 'wide' : 'narrow'} ${state.pinned === null ? '' : 'pinned'}`}
      data-vscode-context={contextOf(state)}
    >
      <Body />
      {!state.isTraceFile && <DropTarget />}
      <Announcements />
    </div>
  );
}

/** F8 and Shift+F8, from wherever the focus is; list and tree take them themselves. */
function useFailureKeys(): void {
  const { state } = usePanel();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F8' || event.defaultPrevented || event.ctrlKey || event.altKey) return;
      const n = (state.failureRequest.value?.n ?? 0) + 1;
      state.failureRequest.value = { by: event.shiftKey ? -1 : 1, n };
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

function Body() {
  const { state } = usePanel();
  if (state.pinned !== null) return <Pinned />;
  if (state.isDashboard) return <Dashboard />;
  if (state.flowView !== null) return <FlowEditor uri={state.flowView} />;
  const status = state.status.value;
  const hasNothing = status?.state.kind === 'idle' && status.storedExecutions === 0;
  if (state.view.value === 'rejected') return <WithHeader content={<RejectedRecords />} />;
  if (state.view.value === 'compare') return <WithHeader content={<CompareRegion />} />;
  if (state.view.value === 'health') return <WithHeader content={<HealthPage />} />;
  // Before what follows: that a source is expected no longer must not take away what is typed.
  if (state.view.value === 'connect') return <WithHeader content={<ConnectPage />} />;
  if (
    hasNothing &&
    !state.isTraceFile &&
    !state.expectsSource.value &&
    state.engineLost.value === null
  ) {
    return (
      <>
        <Banners />
        <main class="content">
          <Welcome />
        </main>
      </>
    );
  }
  return (
    <WithHeader
      content={
        <>
          <PanelHeading />
          <MainPage />
        </>
      }
    />
  );
}

/** What a screen reader comes to first: the pages beside the traces have headings that are seen. */
function PanelHeading() {
  const { t } = usePanel();
  return <h1 class="sr-only">{t('RPA Trace')}</h1>;
}

/** A panel that stays on one execution. */
function Pinned() {
  const { state } = usePanel();
  return (
    <>
      <Banners />
      <main class="content">
        {state.view.value === 'compare' ? (
          <CompareRegion />
        ) : (
          <>
            <PanelHeading />
            <Detail />
          </>
        )}
      </main>
    </>
  );
}

function MainPage() {
  const { state } = usePanel();
  if (state.chosen('page') === 'numbers') return <NumbersRegion />;
  if (state.chosen('page') === 'problems') return <ProblemsRegion />;
  return <Traces />;
}

function WithHeader({ content }: { content: ComponentChildren }) {
  const { state } = usePanel();
  const isWide = state.wide.value;
  return (
    <>
      <Header />
      <Banners />
      <main class="content">
        <div class="summary-line">
          <PageSwitch />
          {state.chosen('page') === 'executions' && <KeyFigures />}
          {isWide && <NewsNote />}
          <NewerInBrief />
        </div>
        {content}
        {/* The figures need the line where it is short. */}
        {!isWide && <NewsNote />}
        <NotesWithoutList />
      </main>
    </>
  );
}

/** What is wrong in the filter, where no list is shown that says it at its foot. */
function NotesWithoutList() {
  const { state } = usePanel();
  const isOfList = state.view.value === 'traces' && state.chosen('page') === 'executions';
  const hasList = (state.list.value?.totalAll ?? 0) > 0;
  const isListShown = hasList && (state.wide.value || state.pickerOpen.value);
  return isOfList && isListShown ? null : <FilterNotes isAtEnd />;
}

/** Where the list is shown on demand alone. At the end of a line that stands still: nothing moves when it comes. */
function NewerInBrief() {
  const { state } = usePanel();
  if (state.wide.value || state.pickerOpen.value || state.view.value !== 'traces') return null;
  if (state.chosen('page') !== 'executions') return null;
  return (
    <NewerPill
      onClick={() => {
        state.pickerOpen.value = true;
      }}
    />
  );
}

/**
 * The list and what is opened of it. Of one shape at every width: a panel that gets wider, or is zoomed, keeps what is
 * open, searched and scrolled to in it.
 */
function Traces() {
  const { state, t } = usePanel();
  const isWide = state.wide.value;
  // Nothing to choose from: the reason has the whole room.
  const hasList = (state.list.value?.totalAll ?? 0) > 0;
  const isBeside = isWide && hasList;
  const split = state.chosen('split');
  return (
    <Split
      direction={isBeside ? 'row' : 'column'}
      sized="first"
      size={split.list}
      min={minList}
      minOther={minDetail}
      isFixed={!isBeside}
      label={t('Width of the list')}
      onResize={(list) => {
        if (list !== 'all') state.choose({ split: { ...split, list } });
      }}
      onReset={() => {
        state.choose({ split: { ...split, list: firstChoices.split.list } });
      }}
    >
      {hasList && (isWide ? <WideList /> : <ExecutionPicker />)}
      <Detail />
    </Split>
  );
}

/** With an open execution beside it, an empty list says itself why it is empty. */
function WideList() {
  const { state } = usePanel();
  const reason = emptyReason(state.status.value, state.list.value, state.flow.value);
  if (reason === null) return <ListRegion instead={null} />;
  return (
    <ListRegion instead={state.tree.value === null ? <></> : <EmptyState reason={reason} />} />
  );
}
