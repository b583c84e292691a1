import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { LineageAnswer, LineageStep } from '../../src/protocol/lineage.ts';
import { labelled, enumerated } from '../../src/texts/sentences.ts';
import {
  lineageEndText,
  lineageTitle,
  linkHowText,
  linkText,
  whichTexts,
} from '../../src/texts/lineageTexts.ts';
import { placeStep, placeText } from '../../src/texts/placeTexts.ts';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { scrollIntoSight } from '../controls/scrollIntoSight.ts';
import { FoundWay } from '../find/foundWay.tsx';
import { usePanel } from '../panelContext.ts';

/** The way of a value through the opened execution: each place is shown where it stands. */
export function TrailPanel() {
  const { state, session, t } = usePanel();
  const { answer, failure } = state.trail.value;
  const close = () => session.places.closeTrail();
  return (
    <section
      class="trail-panel"
      aria-label={t('Trail of a value')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <div class="trail-head">
        <h3 class="trail-title">{answer === null ? '' : shownSigns(lineageTitle(answer, t))}</h3>
        {answer !== null && (
          <span class="trail-legend">
            <span class="trail-swatch" aria-hidden="true" />
            {t('Steps that it went through')}
          </span>
        )}
        <IconButton icon="close" label={t('Close (Escape)')} onClick={close} />
      </div>
      {failure !== null && <p class="find-note">{requestFailureText(failure, t)}</p>}
      {answer !== null && <Way key={JSON.stringify(answer.query)} answer={answer} />}
    </section>
  );
}

function Way({ answer }: { answer: LineageAnswer }) {
  const { session, t } = usePanel();
  const { steps, candidates } = answer;
  const all = [...steps, ...candidates];
  const which = whichTexts(all, t);
  const [at, setAt] = useState(Math.min(1, all.length - 1));
  const list = useRef<HTMLDivElement>(null);
  // Once, and before anybody presses a key: the list that had the focus is gone by now.
  useLayoutEffect(() => list.current?.focus({ preventScroll: true }), []);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(to, all.length - 1));
    setAt(next);
    const step = all[next];
    if (step !== undefined) session.places.walkTo(step);
    const row = document.getElementById(`trail-step-${String(next)}`);
    if (row !== null) scrollIntoSight(row, 'nearest');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = all[at];
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1, Enter: at },
    };
    const to = moves[event.key];
    if (to !== undefined) go(to);
    else if (step !== undefined && event.key === 'F12') session.places.reveal(step);
    else if (step !== undefined && event.key === 'ArrowRight') session.places.follow(step.asked);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const end = lineageEndText(answer, t);
  return (
    <>
      <div
        ref={list}
        class="trail-list"
        role="listbox"
        tabIndex={0}
        aria-label={lineageTitle(answer, t)}
        aria-activedescendant={`trail-step-${String(at)}`}
        onKeyDown={onKeyDown}
      >
        {all.map((step, index) => (
          <Step
            key={index}
            step={step}
            which={which[index] ?? ''}
            index={index}
            isActive={index === at}
            isCandidate={index >= steps.length}
            onClick={() => go(index)}
          />
        ))}
      </div>
      {end !== '' && (
        <p class="trail-end" role="status">
          {shownSigns(end)}
        </p>
      )}
    </>
  );
}

/** Of a value so many signs stay in sight, of a shorter one all: the rest of the row is for where it stood. */
const mostAtLeast = 16;

function Step(props: {
  step: LineageStep;
  /** What tells it apart from others of its name; empty where none is. */
  which: string;
  index: number;
  isActive: boolean;
  isCandidate: boolean;
  onClick: () => void;
}) {
  const { step, which, index, isActive, isCandidate, onClick } = props;
  const { t } = usePanel();
  const { link, value } = step;
  const how = link === null ? '' : linkHowText(link, t);
  const why = link === null ? t('Selected value') : linkText(link, t);
  const text = value === null ? t('nothing') : shownSigns(value);
  const said = labelled(placeText(step, t), text, t);
  return (
    <div
      id={`trail-step-${String(index)}`}
      class={`trail-step ${isActive ? 'find-hit-active' : ''} ${isCandidate ? 'trail-candidate' : ''}`}
      role="option"
      aria-selected={isActive}
      aria-label={enumerated([said, which, how, why], t)}
      title={`${said}\n${why}`}
      onClick={onClick}
    >
      <Icon
        name={index === 0 ? 'target' : step.asked.section === 'input' ? 'sign-in' : 'sign-out'}
      />
      <span class="find-step">{placeStep(step, t)}</span>
      {which !== '' && <span class="trail-how">{which}</span>}
      <FoundWay place={step} />
      <span
        class="find-text"
        style={{ flexBasis: `${String(Math.min(text.length, mostAtLeast))}ch` }}
      >
        {text}
      </span>
      {how !== '' && <span class={`trail-how trail-${link?.how ?? ''}`}>{how}</span>}
    </div>
  );
}
