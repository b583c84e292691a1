import { useMemo } from 'preact/hooks';
import type { Failure } from '../src/protocol/packet.ts';
import type { EngineStatus } from '../src/protocol/status.ts';
import type { SentSummary, TreeWindow } from '../src/protocol/tree.ts';
import { requestFailureText } from '../src/texts/requestFailureText.ts';
import { executionName } from '../src/texts/titles.ts';
import { ExecutionHead } from './diagnosis/executionHead.tsx';
import type { InspectorContent } from '../src/protocol/inspector.ts';
import { useIsLive } from './controls/duration.tsx';
import { Icon } from './controls/icon.tsx';
import { LaterPage } from './controls/laterPage.tsx';
import { Split } from './controls/split.tsx';
import { ShowLogButton } from './controls/showLogButton.tsx';
import './find/find.css';
import './trail/trail.css';
import { useFindKeys } from './find/findKeys.ts';
import { FlowRegion } from './flowView/flowRegion.tsx';
import type { RowFinder } from './inspector/inspectorContext.ts';
import { matchesAsked } from './inspector/matches.ts';
import { NodeInspector } from './inspector/nodeInspector.tsx';
import { emptyReason } from './list/emptyReason.ts';
import { EmptyState } from './list/emptyState.tsx';
import { useInspectorRoom } from './inspectorRoom.ts';
import { usePanel } from './panelContext.ts';
import { storedValuePort } from './storedValues.ts';
import { ExecutionTree } from './tree/executionTree.tsx';

/** The opened execution: why, tree and inspector; or why there is none. */
export function Detail() {
  const { state, t } = usePanel();
  const onFindKey = useFindKeys();
  const failure = state.treeFailure.value;
  const tree = state.tree.value;
  const reason = emptyReason(state.status.value, state.list.value, state.flow.value);
  if (failure !== null) return <Gone failure={failure} />;
  if (tree === null) {
    if (reason !== null && state.pinned === null) return <EmptyState reason={reason} />;
    return (
      <p class="detail-note">
        {state.opening.value === null ? t('Select an execution.') : t('Opening the execution…')}
      </p>
    );
  }
  return (
    <div class="detail" onKeyDown={onFindKey}>
      <ExecutionHead window={tree} />
      {state.finding.value !== null && <LaterPage name="FindPanel" />}
      {state.following.value !== null && <LaterPage name="TrailPanel" />}
      {tree.summaryOnly === true && (
        <p class="detail-note" role="note">
          {t(
            'Summary only: the record is no longer on the topic. The history has no inputs, outputs and logs.',
          )}
        </p>
      )}
      <TreeAndInspector window={tree} />
    </div>
  );
}

function TreeAndInspector({ window }: { window: TreeWindow }) {
  const { state, t } = usePanel();
  const isDrawn =
    state.chosen('stepsAs') === 'flow' && window.flow !== null && window.totalRows > 0;
  const { root, basis, ...room } = useInspectorRoom(window, isDrawn);
  return (
    <div
      ref={root}
      class={isDrawn ? 'tree-and-inspector drawn' : 'tree-and-inspector'}
      style={{ flexBasis: `${String(basis)}px` }}
    >
      <Split
        direction="column"
        sized="second"
        label={t('Height of the inspector')}
        closes
        {...room}
      >
        {window.totalRows === 0 ? (
          <p class="detail-note">
            {t('This record lists no steps. Its question and answer are shown below.')}
          </p>
        ) : isDrawn ? (
          <FlowRegion query={{ uri: null, execution: window.query.key }} />
        ) : (
          <Tree window={window} />
        )}
        <Inspector window={window} />
      </Split>
    </div>
  );
}

/** Apart from the inspector: what that shows comes later than what is chosen, and changes nothing of the tree. */
function Tree({ window }: { window: TreeWindow }) {
  const { state, session, t } = usePanel();
  const reveal = useReveal();
  const isLive = useIsLive();
  return (
    <ExecutionTree
      window={window}
      selectedKey={state.chosen('row')}
      onTrail={state.onTrail.value.rows}
      onSelect={(row) => {
        session.tree.inspector.select(row.key);
        session.tell('stepChosen', { key: window.summary.key, nodeId: row.nodeId });
      }}
      onNear={(row) => {
        session.tree.inspector.comesNear(row);
      }}
      onToggle={(toggled) => {
        session.tree.toggle(toggled);
      }}
      onRange={(offset, limit) => {
        session.tree.range(offset, limit);
      }}
      onReveal={reveal}
      t={t}
      isLive={isLive}
      focusRequest={state.focusRequest.value}
      failureRequest={state.failureRequest.value}
      memory={state.treeMemory}
    />
  );
}

/** Shows where a step is written. */
function useReveal(): (target: { nodeId: string; name: string }) => void {
  const { state, session } = usePanel();
  return ({ nodeId, name }) => {
    const key = state.choices.value.selected;
    if (key === null) return;
    session.tell('revealNode', { key, target: { nodeId, name }, preserveFocus: false });
  };
}

function Inspector({ window }: { window: TreeWindow }) {
  const { state, session, t } = usePanel();
  const selected = state.chosen('selected');
  const row = state.chosen('row');
  const { content: inspected, loading, error } = state.inspected.value;
  const content = useMemo(() => named(inspected, window), [inspected, window]);
  const isLive = useIsLive();
  // The first stands above the tree already.
  const otherFindings = useMemo(() => window.findings.slice(1), [window.findings]);
  const hostRewrite = state.hostRewrite.value;
  const stored = useMemo(
    () => storedValuePort(session, state, JSON.parse(hostRewrite) as EngineStatus['hostRewrite']),
    [session, state, hostRewrite],
  );
  const reveal = useReveal();
  const finder = useRowFinder();
  const openCalled = (called: SentSummary) => {
    const { key, subject } = called;
    if (state.pinned === null) session.select(key);
    else {
      const name = executionName({ ...called, name: subject }, t);
      session.tell('openInNewPanel', { key, name });
    }
  };
  return (
    <NodeInspector
      content={content}
      isSummaryOnly={window.summaryOnly === true}
      loading={loading}
      error={typeof error === 'object' && error !== null ? requestFailureText(error, t) : error}
      wide={state.wide.value}
      isLive={isLive}
      reachedMs={window.summary.reachedMs}
      findings={otherFindings}
      stored={stored}
      readers={state.readers}
      wantedRound={state.wantedRound.value}
      wantedPlace={state.wantedPlace.value}
      onFollow={(section, index, path) => {
        if (selected === null || row === null) return;
        const direction = section === 'input' ? 'from' : 'to';
        session.places.follow({ key: selected, row, section, index, path, direction });
      }}
      onFindAll={(text) => {
        session.places.find.open(text);
      }}
      finder={finder}
      onWanted={(part) => session.tree.inspector.want(part)}
      onReveal={() => {
        if (content?.kind === 'node' || content?.kind === 'notRun') reveal(content.row);
      }}
      onOpen={
        content?.kind === 'execution' && content.summary.key !== window.summary.key
          ? () => {
              openCalled(content.summary);
            }
          : null
      }
      reveal={
        selected === null || loading
          ? null
          : {
              execution: selected,
              ask: async (place) =>
                (await session.ask('reveal', { key: selected, row, place })).value,
            }
      }
      execution={window.query.key}
      onCopy={(text) => {
        session.tell('copy', { text });
      }}
      onValueMenu={(value) => {
        state.menuValue = value;
      }}
      onOpenText={(title, text, language) => {
        session.tell('openText', { title, text, language });
      }}
      t={t}
    />
  );
}

/** Searches the row that is inspected. */
function useRowFinder(): RowFinder {
  const { state, session, t } = usePanel();
  const key = state.chosen('selected');
  const row = state.chosen('row');
  const { answer, failure } = state.foundInRow.value;
  const told = failure === null ? null : requestFailureText(failure, t);
  const isOfRow = answer?.query.key === key && answer.query.row === row;
  const shown = useMemo(
    () => ({ answer: isOfRow ? answer : null, failure: told }),
    [answer, isOfRow, told],
  );
  const { inRow } = session.places;
  return {
    shown,
    look: (text, offset) => {
      const asTyped = { text, isPattern: false, matchCase: false, wholeWord: false };
      if (key !== null) inRow.show({ key, row, ...asTyped, offset, limit: matchesAsked });
    },
    end: () => {
      inRow.hide();
      state.foundInRow.value = { answer: null, failure: null };
    },
  };
}

/** With the name that the execution has elsewhere: its record may know nothing but the flow's ID. */
function named(
  content: InspectorContent | null,
  { summary, name, rows }: TreeWindow,
): InspectorContent | null {
  if (content?.kind !== 'execution') return content;
  const { key } = content.summary;
  const subject =
    key === summary.key ? name : rows.find(({ execution }) => execution === key)?.name;
  if (subject === undefined || subject === content.summary.subject) return content;
  return { ...content, summary: { ...content.summary, subject } };
}

function Gone({ failure }: { failure: Failure['reason'] }) {
  const { state, session, t } = usePanel();
  const isGone = failure === 'notFound' || failure === 'madeAnew';
  const hasOthers = state.pinned === null && (state.list.value?.total ?? 0) > 0;
  // A panel that stays outlives the source; the others show what there is of the next one.
  const notFoundText = () =>
    state.pinned === null
      ? t('Its record is no longer kept in memory, or no longer on the topic.')
      : t('It belongs to another source, or its record is no longer kept.');
  return (
    <div class="empty-state" role="status">
      <div class="empty-title">
        <Icon name={isGone ? 'history' : 'error'} />
        <h2>
          {isGone
            ? t('This execution is no longer available.')
            : t('This execution could not be opened.')}
        </h2>
      </div>
      <p>
        {failure === 'notFound'
          ? notFoundText()
          : failure === 'madeAnew'
            ? requestFailureText({ reason: failure, message: '' }, t)
            : t('See the log for details.')}
      </p>
      <div class="empty-actions">
        {hasOthers && (
          <vscode-button
            onClick={() => {
              void session.openNewest();
            }}
          >
            {t('Open Newest Execution')}
          </vscode-button>
        )}
        {state.pinned !== null && isGone && (
          <vscode-button
            onClick={() => {
              session.tell('switchSource', null);
            }}
          >
            {t('Switch Source…')}
          </vscode-button>
        )}
        {!isGone && <ShowLogButton />}
      </div>
    </div>
  );
}
