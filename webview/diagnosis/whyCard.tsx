import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Evidence, Finding } from '../../src/diagnosis/finding.ts';
import type { OwnPast } from '../../src/protocol/problems.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import { evidenceField, findingDetail, findingTitle } from '../../src/texts/findingTexts.ts';
import { labelled } from '../../src/texts/sentences.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import { evidencePlace } from '../../src/view/evidencePlace.ts';
import { placeInRecord } from '../../src/view/maskedValue.ts';
import { withNotChecked } from '../../src/texts/notCheckedText.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { LaterPage, useLaterPagesSoon } from '../controls/laterPage.tsx';
import { usePanel } from '../panelContext.ts';
import type { ReasonLength } from '../tree/treeMemory.ts';
import { useCardRoom } from './cardRoom.ts';
import { DiagnosisSteps } from './diagnosisSteps.tsx';
import { Fold } from './fold.tsx';
import { FailedItemLinks } from './failedItems.tsx';
import { ItsProblem } from './ownPast.tsx';
import { useReasonLength } from './reasonRoom.ts';
import { Remedies } from './remedies.tsx';
import { RevealableText } from './revealableText.tsx';
import { useUnfolded } from './useUnfolded.ts';

/** Why an execution went wrong, if it did. */
export function WhyCard({ window, past }: { window: TreeWindow; past: OwnPast | null }) {
  const [first, ...others] = window.findings;
  return first === undefined ? null : <Reasons {...{ window, past, first, others }} />;
}

/**
 * The first finding, what shows it, what to do; the others folded. Once it was read, or where there is no room for it,
 * the first lines of it are enough.
 */
function Reasons(props: {
  window: TreeWindow;
  past: OwnPast | null;
  first: Finding;
  others: readonly Finding[];
}) {
  const { window, past, first, others } = props;
  const { state, session, t } = usePanel();
  const [areOthersOpen, setOthersOpen] = useUnfolded(window.summary.key, 'others');
  const card = useRef<HTMLDivElement>(null);
  const isFailed = window.summary.outcome === 'failed';
  const isComparable = isFailed && window.noGoodRun !== true;
  useLaterPagesSoon(isComparable);
  const { why, reasonsRead, stepsAs } = state.choices.value;
  const isNews = !reasonsRead.includes(window.summary.key);
  // Who looks for something, follows a value or looks at the flow needs the room for that.
  const isElsewhere =
    state.finding.value !== null ||
    state.following.value !== null ||
    (stepsAs === 'flow' && window.flow !== null);
  const fitting = useReasonLength(card, window, why === 'auto' && isNews && !isElsewhere);
  // Who unfolded a part of it is not done with it.
  const isInUse = why === 'auto' && state.treeMemory.of(window.summary.key).unfolded.size > 0;
  const length = why === 'open' || isInUse ? 'full' : fitting;
  const isOpen = length === 'full';
  useCardRoom(card, isOpen);
  return (
    <div ref={card} class={`why-card ${first.severity}`}>
      <FindingView
        {...{ finding: first, window }}
        message={window.summary.message}
        fold={{
          length,
          toggle: () => {
            state.choose({ why: isOpen ? 'closed' : 'open' });
          },
        }}
      >
        {isComparable && (
          <IconButton
            class="compare-last-good"
            icon="git-compare"
            label={t('Compare with Last Good Run')}
            words={t('Compare with Last Good Run')}
            onClick={() => {
              session.compare(window.summary.key, null);
            }}
          />
        )}
      </FindingView>
      {length === 'short' && isFailed && (
        <div class="why-more">
          <ItsProblem past={past} isLine />
        </div>
      )}
      {isOpen && <WhyMore {...{ window, past, finding: first, isComparable }} />}
      {isOpen && others.length > 0 && (
        <>
          <button
            type="button"
            class="others-toggle"
            aria-expanded={areOthersOpen}
            onClick={() => {
              setOthersOpen(!areOthersOpen);
            }}
          >
            <Icon name={areOthersOpen ? 'chevron-down' : 'chevron-right'} />
            {others.length === 1 ? t('1 more finding') : t('{0} more findings', others.length)}
          </button>
          {areOthersOpen &&
            others.map((finding, index) => (
              <FindingView key={index} {...{ finding, window }} message="" nth={index + 1} />
            ))}
        </>
      )}
    </div>
  );
}

/** What leads on from the first finding: side by side, each folded until somebody wants it. */
function WhyMore(props: {
  window: TreeWindow;
  past: OwnPast | null;
  finding: Finding;
  isComparable: boolean;
}) {
  const { window, past, finding, isComparable } = props;
  const { t } = usePanel();
  const isFailed = window.summary.outcome === 'failed';
  if (!isFailed && finding.evidence.length === 0) return null;
  return (
    <div class="why-more">
      <div class="why-folds">
        <EvidenceFold {...{ finding, window }} nth={0} />
        {isComparable && (
          <Asked
            title={t('What changed since the last good run')}
            page="LastGoodChanges"
            execution={window.summary.key}
          />
        )}
        {isFailed && window.summaryOnly !== true && (
          <Asked
            title={t('Unusual inputs and outputs')}
            page="DataSigns"
            execution={window.summary.key}
          />
        )}
        {isFailed && <DiagnosisSteps {...{ window, finding, past }} />}
      </div>
      {isFailed && <ItsProblem past={past} />}
    </div>
  );
}

/** Asked when somebody wants to know: it opens records of other executions. */
function Asked(props: {
  title: string;
  page: 'LastGoodChanges' | 'DataSigns';
  execution: ExecutionKey;
}) {
  const { title, page, execution } = props;
  const [isOpen, setOpen] = useUnfolded(execution, page);
  return (
    <Fold title={title} isOpen={isOpen} onFold={setOpen}>
      <LaterPage name={page} />
    </Fold>
  );
}

const severityIcons: Readonly<Record<Finding['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
};

function FindingView(props: {
  finding: Finding;
  window: TreeWindow;
  message: string;
  /** Of the first: how much of it is shown. */
  fold?: { readonly length: ReasonLength; readonly toggle: () => void };
  /** Which of them it is; 0: the first. */
  nth?: number;
  /** Beside its title. */
  children?: ComponentChildren;
}) {
  const { finding, window, message, fold, nth = 0, children } = props;
  const { state, t } = usePanel();
  const { length } = fold ?? { length: 'full' };
  const isOpen = length === 'full';
  const detail = findingDetail(finding, t, { language: state.language, nowMs: Date.now() });
  const severity = severityText(finding.severity, t);
  return (
    <div class="finding">
      <span class={`finding-icon ${finding.severity}`}>
        <Icon name={severityIcons[finding.severity]} />
      </span>
      <div class="finding-body">
        <div class="finding-head">
          <h3 class="finding-title">
            <span class="sr-only">{labelled(severity, '', t)}</span>
            {fold === undefined ? (
              findingTitle(finding, t)
            ) : (
              <button
                type="button"
                class="finding-fold"
                aria-expanded={isOpen}
                onClick={() => {
                  fold.toggle();
                }}
              >
                <span>{findingTitle(finding, t)}</span>
                <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />
              </button>
            )}
          </h3>
          {children}
        </div>
        {isOpen ? (
          <FindingLength {...{ finding, window, message, detail, nth }} />
        ) : (
          <>
            <FindingInBrief
              text={[detail, withNotChecked(message, t)].filter(Boolean).join(' ')}
              isLine={length === 'brief'}
            />
            {length === 'short' && <Remedies {...{ finding, window }} isFirstAlone />}
          </>
        )}
      </div>
    </div>
  );
}

/** A line of what was seen, where its title says the rest; or some. */
function FindingInBrief({ text, isLine }: { text: string; isLine: boolean }) {
  if (text === '') return null;
  return (
    <p class={isLine ? 'finding-brief' : 'finding-brief finding-lines'} title={text}>
      {text}
    </p>
  );
}

/** What was seen and what to do; the evidence of the first stands below it, beside what else leads on. */
function FindingLength(props: {
  finding: Finding;
  window: TreeWindow;
  message: string;
  detail: string;
  nth: number;
}) {
  const { finding, window, message, detail, nth } = props;
  const { t } = usePanel();
  return (
    <>
      {detail !== '' && <p class="finding-detail">{detail}</p>}
      {finding.failedItems !== undefined && <FailedItemLinks failedItems={finding.failedItems} />}
      {message !== '' && (
        <RevealableText text={message} row={null} place={{ section: 'message', index: 0 }}>
          <p class="finding-message">{withNotChecked(message, t)}</p>
        </RevealableText>
      )}
      {finding.remedies.length > 0 && <Remedies {...{ finding, window }} />}
      {nth > 0 && <EvidenceFold {...{ finding, window, nth }} />}
    </>
  );
}

/** What shows it, folded. */
function EvidenceFold(props: { finding: Finding; window: TreeWindow; nth: number }) {
  const { finding, window, nth } = props;
  const { state, t } = usePanel();
  const { evidenceOpen } = state.choices.value;
  const [isOpenHere, setOpenHere] = useUnfolded(window.summary.key, `evidence ${String(nth)}`);
  if (finding.evidence.length === 0) return null;
  return (
    <Fold
      title={t('Evidence ({0})', finding.evidence.length)}
      isOpen={nth === 0 ? evidenceOpen : isOpenHere}
      onFold={(isOpen) => {
        if (nth === 0) state.choose({ evidenceOpen: isOpen });
        else setOpenHere(isOpen);
      }}
    >
      <dl>
        {finding.evidence.map((evidence, index) => (
          <div key={index} class="evidence-line">
            <dt>
              <EvidenceName evidence={evidence} finding={finding} window={window} />
            </dt>
            <dd>
              <RevealableText
                text={evidence.value}
                row={evidence.runKey}
                place={placeInRecord(evidence)}
              >
                <span>{withNotChecked(evidence.value, t)}</span>
              </RevealableText>
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

/** The name of a piece of evidence, which leads to where it stands. */
function EvidenceName(props: { evidence: Evidence; finding: Finding; window: TreeWindow }) {
  const { evidence, finding, window } = props;
  const { session, t } = usePanel();
  const name = evidenceField(evidence.source);
  const place = evidencePlace(evidence, finding);
  if (place === null) return <>{name}</>;
  const show = () => {
    if (place.kind === 'record') {
      session.places.show(place);
      return;
    }
    const { nodeId, name: step, part } = place;
    const target = { nodeId, name: step, place: { part } };
    session.tell('revealNode', { key: window.summary.key, target, preserveFocus: false });
  };
  return (
    <button type="button" class="item-link" title={t('Show where it is')} onClick={show}>
      {name}
    </button>
  );
}

function severityText(severity: Finding['severity'], t: (text: string) => string): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'warning':
      return t('Warning');
    case 'info':
      return t('Note');
  }
}
