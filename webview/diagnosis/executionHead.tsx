import type { OwnPast } from '../../src/protocol/problems.ts';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import { formatClock, formatDuration } from '../../src/texts/format.ts';
import { openedOutcome, openedPresentation } from '../../src/texts/openedOutcome.ts';
import { leftOutText } from '../../src/texts/leftOutTexts.ts';
import { enumerated } from '../../src/texts/sentences.ts';
import { executionTitle, nameOfNode, titleText } from '../../src/texts/titles.ts';
import { distinctPaths } from '../../src/view/distinctPaths.ts';
import { executionContext } from '../contextMenus.ts';
import { ChoiceButton } from '../controls/choiceButton.tsx';
import { Duration, useIsLive } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { Known } from '../controls/known.tsx';
import { LaterPage } from '../controls/laterPage.tsx';
import { RawId } from '../controls/rawId.tsx';
import { StatusIcon } from '../list/executionRow.tsx';
import { usePanel } from '../panelContext.ts';
import './diagnosis.css';
import { PastLine, useOwnPast } from './ownPast.tsx';
import { useSigns } from './useSigns.ts';
import { useUnfolded } from './useUnfolded.ts';
import { WhyCard } from './whyCard.tsx';

/** The opened execution in a line; if it failed, why, and the way to the failing step. */
export function ExecutionHead({ window }: { window: TreeWindow }) {
  const { state, session, t } = usePanel();
  const { summary, failing, flow } = window;
  const past = useOwnPast(summary);
  const title = executionTitle({ ...summary, name: window.name }, t);
  const name = titleText(title);
  const begin = formatClock(summary.beginMs, state.language, Date.now());
  const duration = formatDuration(summary.durationMs);
  const outcome = openedOutcome(window, t);
  const leftOut = leftOutText(window.leftOut, t);
  const said = enumerated([name, outcome, begin, duration, summary.sid], t);
  return (
    <section class="execution-head" aria-label={t('Opened execution')}>
      <div
        class="head-line"
        data-vscode-context={executionContext(
          { ...summary, ...(window.noGoodRun && { noGoodRun: true }) },
          ...([`${name} ${begin}`, said, true] as const),
        )}
      >
        <StatusIcon status={openedPresentation(window)} />
        <h2 class="head-name" title={`${name}\n${summary.sid}`}>
          {title.name}
          <RawId id={title.id} />
        </h2>
        <span class="head-fact head-begin">
          <Known text={begin} />
        </span>
        <span class="head-fact">
          <Duration of={summary} isRunning={summary.outcome === 'running'} />
        </span>
        <span class="head-outcome" title={outcome}>
          <span>{outcome}</span>
        </span>
        <FlowChoice window={window} />
        <StepsSwitch window={window} />
        {failing?.nodeId != null && (
          <vscode-button
            class="jump"
            title={
              flow === null
                ? t('Put the cursor on the failing step in the flow file')
                : t('Puts the cursor on “{0}” in {1}', nameOfNode(failing, t), flow.name)
            }
            onClick={() => {
              session.jump();
            }}
          >
            {t('Jump to Failing Step')}
          </vscode-button>
        )}
      </div>
      <WhatIsUsual window={window} past={past} />
      <WhyCard window={window} past={past} />
      {window.moreSubExecutions !== undefined && (
        <p class="head-more">
          {window.moreSubExecutions === 1
            ? t('1 more call isn’t listed below; failed calls come first.')
            : t(
                '{0} more calls aren’t listed below; failed calls come first.',
                window.moreSubExecutions,
              )}
        </p>
      )}
      {leftOut !== '' && <p class="head-more">{leftOut}</p>}
    </section>
  );
}

/** Whoever only looks for another one asks nothing of it. */
const lookedAtMs = 400;

/** How it compares with others of its flow; and a success that was none: a result that is an error, or nothing where there always was something. */
function WhatIsUsual({ window, past }: { window: TreeWindow; past: OwnPast | null }) {
  const { t } = usePanel();
  const [isOpen, setOpen] = useUnfolded(window.summary.key, 'usual');
  const isLive = useIsLive();
  const { key, outcome, kind, durationMs } = window.summary;
  const hasSucceeded = outcome === 'succeeded';
  const signs = useSigns(hasSucceeded && window.summaryOnly !== true ? key : null, lookedAtMs);
  const isOdd = hasSucceeded && (signs?.signs.length ?? 0) > 0;
  return (
    <>
      <PastLine
        past={past}
        isReserved={isLive || hasSucceeded}
        isComparable={kind === 'workflow' && durationMs !== null}
      >
        {isOdd && (
          <button
            type="button"
            class="odd-toggle item-link"
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            <Icon name="warning" />
            {t('Unusual Inputs and Outputs')}
            <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />
          </button>
        )}
      </PastLine>
      {isOdd && isOpen && (
        <div class="head-more">
          <LaterPage name="DataSigns" />
        </div>
      )}
    </>
  );
}

/** Steps as a tree, or as the graph of their flow. */
function StepsSwitch({ window }: { window: TreeWindow }) {
  const { state, t } = usePanel();
  if (window.flow === null || window.totalRows === 0) return null;
  const { stepsAs } = state.choices.value;
  const option = (of: typeof stepsAs, icon: string, label: string, words: string) => (
    <ChoiceButton
      isChosen={stepsAs === of}
      label={label}
      title={label}
      onClick={() => {
        state.choose({ stepsAs: of });
      }}
    >
      <Icon name={icon} />
      <span class="button-words">{words}</span>
    </ChoiceButton>
  );
  return (
    <div class="steps-switch" role="group" aria-label={t('Steps')}>
      {option('tree', 'list-tree', t('Show Steps as Tree'), t('Tree'))}
      {option('flow', 'type-hierarchy', t('Show Steps in Flow'), t('Flow'))}
    </div>
  );
}

/** The flow file; where several fit as well, the reader chooses. */
function FlowChoice({ window }: { window: TreeWindow }) {
  const { session, t } = usePanel();
  const { flow, summary } = window;
  if (flow === null) return null;
  const isAsked = flow.tied.length > 0;
  const others = isAsked ? flow.tied : (flow.passedOver ?? []);
  if (others.length === 0) {
    return (
      <span class="head-flow" title={shownSigns(flow.uri)}>
        <Icon name="file-code" />
        <span class="head-flow-name">{shownSigns(flow.name)}</span>
      </span>
    );
  }
  // In the same order whichever is chosen.
  const files = [flow, ...others].toSorted((a, b) => (a.uri < b.uri ? -1 : 1));
  const paths = distinctPaths(files.map(({ uri }) => uri));
  return (
    <select
      class="head-flow flow-select"
      aria-label={t('Flow file')}
      title={
        isAsked
          ? t('Several flow files contain these nodes. Select the right one.')
          : shownSigns(flow.name)
      }
      value={flow.uri}
      onChange={({ currentTarget }) => {
        const params = { key: summary.key, uri: currentTarget.value };
        session.ask('chooseFlow', params).catch(() => undefined);
      }}
    >
      {files.map(({ uri }, index) => (
        <option key={uri} value={uri}>
          {shownSigns(paths[index] ?? uri)}
        </option>
      ))}
    </select>
  );
}
