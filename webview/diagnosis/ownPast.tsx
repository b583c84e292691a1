import { useEffect } from 'preact/hooks';
import type { OwnPast } from '../../src/protocol/problems.ts';
import type { SentSummary } from '../../src/protocol/tree.ts';
import { formatWhen } from '../../src/texts/format.ts';
import {
  askText,
  payloadText,
  problemInBrief,
  reliabilityText,
  slowText,
  usualText,
} from '../../src/texts/problemTexts.ts';
import { sentences } from '../../src/texts/sentences.ts';
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

/** Beside its duration: what is usual. */
export function Usual({ past }: { past: OwnPast | null }) {
  const { t } = usePanel();
  if (past?.usual == null) return null;
  return <span class="head-fact head-usual">{t('({0})', usualText(past.usual, t))}</span>;
}

/** Where the time of a slow one went, and what else is unusual of it. */
export function Slow({ past }: { past: OwnPast | null }) {
  const { t } = usePanel();
  const usual = past?.usual ?? null;
  const text = usual === null ? '' : sentences([slowText(usual, t), payloadText(usual, t)]);
  if (text === '') return null;
  return (
    <p class="head-more head-slow">
      <Icon name="watch" />
      {text}
    </p>
  );
}

/** Which problem a failure is one of, and the way to it. Its line is kept free until that is known, so that nothing jumps. */
export function ItsProblem({ past }: { past: OwnPast | null }) {
  const { state, session, t } = usePanel();
  const problem = past?.problem ?? null;
  if (past !== null && problem === null) return null;
  const moment = (atMs: number) => formatWhen(atMs, state.language, Date.now());
  const reliability = past?.node == null ? '' : reliabilityText(past.node, problem, t);
  return (
    <p class="its-problem">
      {problem !== null && (
        <>
          <span>{problemInBrief(problem, { t, moment })}</span>
          {reliability !== '' && <span>{reliability}</span>}
          {problem.changedMs !== null && (
            <>
              <span>{askText(problem.changedMs, { t, moment })}</span>
              <button
                type="button"
                class="item-link"
                onClick={() => {
                  session.markProblem(problem, 'fixed');
                }}
              >
                {t('Mark as Fixed')}
              </button>
            </>
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
        </>
      )}
    </p>
  );
}
