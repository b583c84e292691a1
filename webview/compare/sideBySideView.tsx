import { useEffect, useRef, useState } from 'preact/hooks';
import { answerOf } from '../../src/protocol/ask.ts';
import type {
  CompareWindow,
  SentCompared,
  SentComparedRow,
  SideBySide,
} from '../../src/protocol/compare.ts';
import { shownAttemptsText } from '../../src/texts/attempts.ts';
import { changeText } from '../../src/texts/compareGroupTexts.ts';
import { numberDelta } from '../../src/texts/comparedValues.ts';
import { formatClock } from '../../src/texts/format.ts';
import { notListedText } from '../../src/texts/notListedText.ts';
import { labelled } from '../../src/texts/sentences.ts';
import { partOfStep, sideTitle } from '../../src/texts/sideTitle.ts';
import { scrollIntoSight } from '../controls/scrollIntoSight.ts';
import { usePanel } from '../panelContext.ts';
import { isLaterThan, sideNames, toldOf } from './told.ts';

/** The lines show all of them. */
const mostChanges = 20;

type Section = SideBySide['sections'][number];

/** A node of both executions: what it got, gave, was set to and logged, side by side. */
export function SideBySideView(props: {
  answer: CompareWindow;
  place: number;
  onClose: () => void;
}) {
  const { answer, place, onClose } = props;
  const { t } = usePanel();
  const sides = useSides(answer, place);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    head.current?.focus();
  }, [place]);
  const view = useRef<HTMLElement>(null);
  const isRead = sides !== null;
  // Focus brings the head to the lower edge, before there is anything below it.
  useEffect(() => {
    if (isRead && view.current !== null) scrollIntoSight(view.current, 'nearest');
  }, [place, isRead]);
  const row = answer.rows.find((one) => one.place === place);
  const shown =
    sides === null || sides === 'failed'
      ? ''
      : shownAttemptsText(sides.attempts, sideNames(answer, t), t);
  const name = row?.name ?? new Map(answer.told).get(place)?.name ?? '';
  return (
    <section
      ref={view}
      class="compare-sides"
      aria-label={t('Side by side')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div class="side-head">
        <h2 ref={head} tabIndex={-1}>
          {name}
        </h2>
        <vscode-button appearance="secondary" onClick={onClose}>
          {t('Close')}
        </vscode-button>
      </div>
      {sides === 'failed' && (
        <p class="detail-note" role="status">
          {t('This node could not be read.')}
        </p>
      )}
      {shown !== '' && <p class="page-note">{shown}</p>}
      {sides !== null &&
        sides !== 'failed' &&
        sides.sections.map((section) => (
          <SectionView
            key={section.section}
            {...{ section, answer, mark: row?.mark }}
            name={shown === '' ? name : t('{0} ({1})', name, shown)}
          />
        ))}
    </section>
  );
}

function SectionView(props: {
  section: Section;
  name: string;
  answer: CompareWindow;
  mark: SentComparedRow['mark'] | undefined;
}) {
  const { section, name, answer, mark } = props;
  const { state, session, t } = usePanel();
  const names = sideNames(answer, t);
  const headOf = ({ summary }: SentCompared, side: string) =>
    labelled(side, formatClock(summary.beginMs, state.language, Date.now()), t);
  const { lines, more, texts } = section;
  const title = sideTitle(section, lines.filter(isDifferent).length, mark, t);
  if (lines.length === 0) return null;
  return (
    <details class="side-section" open={title.isTelling}>
      <summary>
        <span class="codicon codicon-chevron-right" aria-hidden="true" />
        {title.text}
      </summary>
      {texts !== null && (
        <vscode-button
          appearance="secondary"
          onClick={() => {
            const [before, after] = texts;
            const language = section.section === 'logs' ? 'log' : 'yaml';
            const isLater = isLaterThan(answer);
            const part = partOfStep(section.section, name, t);
            session.tell('openDiff', { title: part, before, after, language, isLater });
          }}
        >
          {t('Open in Diff Editor')}
        </vscode-button>
      )}
      <Changes {...{ section, answer }} />
      <table class="side-lines">
        <thead>
          <tr>
            <th scope="col">{headOf(answer.before, names.before)}</th>
            <th scope="col">{headOf(answer.after, names.after)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index} class={isDifferent(line) ? 'side-differs' : ''}>
              <Cell parts={line.before} which="before" />
              <Cell parts={line.after} which="after" />
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <p class="page-note">
          {more === 1 ? t('1 more line isn’t shown.') : t('{0} more lines aren’t shown.', more)}
        </p>
      )}
    </details>
  );
}

/** Values by their names, as lines don't tell them: what stands elsewhere, and by how much numbers differ. */
function Changes(props: { section: Section; answer: CompareWindow }) {
  const { section, answer } = props;
  const { state, t } = usePanel();
  const { changes, moreChanges } = section;
  const more = Math.max(0, changes.length - mostChanges) + moreChanges;
  if (changes.length === 0) return null;
  return (
    <ul class="side-changes">
      {changes.slice(0, mostChanges).map((change, index) => (
        <li key={index}>
          {changeText(change, toldOf(answer), t)}{' '}
          <span class="compare-delta">{numberDelta(change)}</span>
        </li>
      ))}
      {more > 0 && <li>{notListedText(more, state.language, t)}</li>}
    </ul>
  );
}

function Cell(props: { parts: Section['lines'][number]['before']; which: 'before' | 'after' }) {
  const { parts, which } = props;
  return (
    <td class={parts === null ? 'side-none' : `side-${which}`}>
      {parts?.map(({ text, differs }, index) =>
        differs ? <Changed key={index} {...{ text, which }} /> : <span key={index}>{text}</span>,
      )}
    </td>
  );
}

/** Blanks that a line begins with are not struck out, unless nothing else differs. */
function Changed({ text, which }: { text: string; which: 'before' | 'after' }) {
  const Mark = which === 'before' ? 'del' : 'ins';
  const from = Math.max(0, text.search(/\S/));
  return (
    <>
      {text.slice(0, from)}
      <Mark>{text.slice(from)}</Mark>
    </>
  );
}

function isDifferent({ before, after }: Section['lines'][number]): boolean {
  if (before === null || after === null) return true;
  return [before, after].some((parts) => parts.some(({ differs }) => differs));
}

/** Null until it is there. */
function useSides(answer: CompareWindow, place: number): SideBySide | 'failed' | null {
  const { state, session } = usePanel();
  const [sides, setSides] = useState<SideBySide | 'failed' | null>(null);
  const [key, other] = [answer.after.summary.key, answer.before.summary.key];
  const { source } = answer.query;
  useEffect(() => {
    let isCurrent = true;
    const query = {
      ...{ key, other, place, language: state.language },
      ...(source === undefined ? {} : { source }),
    };
    session.ask('ask', { kind: 'sideBySide', query }).then(
      (answered) => {
        if (isCurrent) setSides(answered.result.ok ? answerOf('sideBySide', answered) : 'failed');
      },
      () => {
        if (isCurrent) setSides('failed');
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, other, source, place]);
  return sides;
}
