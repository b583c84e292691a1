import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OwnPast } from '../../src/protocol/problems.ts';
import type { SentSummary } from '../../src/protocol/tree.ts';
import { formatWhen } from '../../src/texts/format.ts';
import {
  askText,
  noUsualText,
  payloadText,
  problemInBrief,
  reliabilityText,
  slowText,
  usualText,
} from '../../src/texts/problemTexts.ts';
import { sentences } from '../../src/texts/sentences.ts';
import { useIsLive } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** What is known of the opened execution from others of its flow, while it is shown; null until it is known. */
export function useOwnPast({ key, outcome }: SentSummary): OwnPast | null {
  const { state, session } = usePanel();
  // What goes on compares with nothing yet.
  const isOver = outcome === 'failed' || outcome === 'succeeded';
  useEffect(() => {
    if (isOver) session.ownPast.show({ key });
    else session.ownPast.hide();
  }, [key, isOver]);
  useEffect(
    () => () => {
      session.ownPast.hide();
    },
    [],
  );
  const { answer } = state.ownPast.value;
  return isOver && answer?.key === key ? answer : null;
}

/**
 * What is usual of an execution, and where the time of a slow one went. Its line is there before that is known, so that
 * nothing below it moves; of a trace file alone nobody can tell what is usual.
 */
export function PastLine(props: {
  past: OwnPast | null;
  isReserved: boolean;
  /** It is a run of a flow, and tells how long it took. */
  isComparable: boolean;
  /** At its end. */
  children: ComponentChildren;
}) {
  const { past, isReserved, isComparable, children } = props;
  const { t } = usePanel();
  if (!isReserved) return null;
  const usual = past?.usual ?? null;
  const slow = usual === null ? '' : sentences([slowText(usual, t), payloadText(usual, t)]);
  // What was called is compared with nothing, nor is what tells not how long it took.
  const none = past === null || !isComparable ? '' : noUsualText(past.isOfFile === true, t);
  const text = usual === null ? none : slow === '' ? usualText(usual, t) : slow;
  return (
    <p class={slow === '' ? 'head-past' : 'head-past head-slow'}>
      {slow !== '' && <Icon name="watch" />}
      <span class="head-past-words" title={text}>
        {text}
      </span>
      {children}
    </p>
  );
}

/**
 * Which problem a failure is one of, and the way to it. Its lines are there before that is known and whatever is found
 * over time: at the end of the card, where nobody misses them where it is of none.
 */
export function ItsProblem({ past, isLine = false }: { past: OwnPast | null; isLine?: boolean }) {
  const { state, session, t } = usePanel();
  const isLive = useIsLive();
  const problem = past?.problem ?? null;
  const moment = (atMs: number) => formatWhen(atMs, state.language, Date.now());
  const looks = isLine ? 'its-problem in-line' : 'its-problem';
  if (problem === null) return <p class={looks} />;
  const { changedMs } = problem;
  const words = [
    problemInBrief(problem, { t, moment, isOfFile: !isLive }),
    past?.node == null ? '' : reliabilityText(past.node, problem, t),
    changedMs === null ? '' : askText(changedMs, { t, moment }),
  ];
  const said = sentences(words);
  return (
    <p class={looks}>
      <span class="problem-words" title={said}>
        {said}
      </span>
      {changedMs !== null && (
        <button
          type="button"
          class="item-link"
          onClick={() => {
            session.markProblem(problem, 'fixed');
          }}
        >
          {t('Mark as Fixed')}
        </button>
      )}
      {state.pinned === null && (
        <button
          type="button"
          class="item-link"
          onClick={() => {
            session.showProblem(problem);
          }}
        >
          {t('Show Problem')}
        </button>
      )}
    </p>
  );
}
