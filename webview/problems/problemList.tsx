import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ProblemRow, ProblemsAnswer } from '../../src/protocol/problems.ts';
import {
  inHeldOrder,
  problemAsText,
  problemFilter,
  problemIcons,
  problemRowTexts,
  tellingTitles,
} from '../../src/view/problemRows.ts';
import { useIsOfFile } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';
import { ProblemDetail } from './problemDetail.tsx';
import { actOnProblem, type ForMerge, problemContext } from './problemMenu.ts';

/** The problems, and beside or below them the one that is chosen. */
export function ProblemList({ answer }: { answer: ProblemsAnswer }) {
  const { state, session, t } = usePanel();
  const list = useRef<HTMLUListElement>(null);
  const rows = useHeldRows(answer, list);
  const at = useChosen(rows, answer);
  const chosen = rows[at];
  const titles = tellingTitles(rows, t);
  const choose = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (row !== undefined) state.choose({ problem: row.id });
  };
  useLayoutEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.id]);
  const onKeyDown = (event: KeyboardEvent) => {
    const targets: Record<string, number> = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 },
    };
    const target = targets[event.key];
    const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey);
    if (target !== undefined) choose(target);
    else if (event.key === 'Enter' && chosen !== undefined) {
      session.showBehind(problemFilter(chosen));
    } else if (isCopy && chosen !== undefined) copy(chosen);
    else return;
    event.preventDefault();
  };
  const isOfFile = useIsOfFile();
  const [forMerge, setForMerge] = useState<ForMerge | null>(null);
  const copy = (row: ProblemRow) => {
    const texts = { t, language: state.language, nowMs: Date.now(), isOfFile };
    session.tell('copy', { text: problemAsText(row, texts) });
  };
  state.problemMenu = (id, action) => {
    const row = rows.find((each) => each.id === id);
    const world = { session, forMerge, onSelect: setForMerge, onCopy: copy };
    if (row !== undefined) actOnProblem(row, action, world);
  };
  return (
    <div class="problems-room">
      <ul
        ref={list}
        class="problem-rows"
        role="listbox"
        tabIndex={0}
        aria-label={t('Problems, most recent failure first')}
        aria-activedescendant={chosen === undefined ? undefined : rowId(chosen)}
        onKeyDown={onKeyDown}
      >
        {rows.map((row, index) => (
          <Row
            key={row.id}
            {...{ row, title: titles.get(row.id) ?? '' }}
            context={problemContext(row, forMerge)}
            isChosen={index === at}
            onChoose={() => {
              choose(index);
            }}
          />
        ))}
      </ul>
      {chosen !== undefined && <ProblemDetail row={chosen} onCopy={copy} />}
    </div>
  );
}

const rowId = ({ id }: ProblemRow) => `problem-${id}`;

function Row(props: {
  readonly row: ProblemRow;
  /** So that it is told apart from its neighbours. */
  readonly title: string;
  readonly isChosen: boolean;
  readonly context: string;
  readonly onChoose: () => void;
}) {
  const { row, title, isChosen, context, onChoose } = props;
  const { state, t } = usePanel();
  const isOfFile = useIsOfFile();
  const nowMs = Date.now();
  const texts = problemRowTexts(row, { t, language: state.language, nowMs, isOfFile });
  return (
    <li
      id={rowId(row)}
      class={`problem-row ${isChosen ? 'chosen' : ''}`}
      role="option"
      aria-selected={isChosen}
      aria-label={texts.whole}
      title={texts.title}
      data-vscode-context={context}
      onClick={onChoose}
    >
      <span class={`problem-icon ${row.state}`}>
        <Icon name={problemIcons[row.state]} />
      </span>
      <span class="problem-title">{title}</span>
      <span class="problem-count">{texts.count}</span>
      <span class="problem-place">
        <span class="problem-word">{texts.state}</span>
        {texts.place}
      </span>
      <span class="problem-last">{texts.last}</span>
    </li>
  );
}

/**
 * Which one is chosen, else the one that was shown last: another scope, or what fails meanwhile, puts no other into its place.
 * Where it leaves the list, what takes its place.
 */
function useChosen(rows: readonly ProblemRow[], answer: ProblemsAnswer): number {
  const { state } = usePanel();
  const { problem } = state.choices.value;
  const query = JSON.stringify(answer.query);
  const before = useRef({ query: '', id: '', at: 0 });
  const found = rows.findIndex(({ id }) => id === problem);
  const hasLeft = found === -1 && before.current.id === problem && before.current.query === query;
  const shown = rows.findIndex((row) => row.id === before.current.id);
  const kept = Math.max(0, found === -1 ? shown : found);
  const at = hasLeft ? Math.min(before.current.at, rows.length - 1) : kept;
  const id = rows[at]?.id ?? '';
  useEffect(() => {
    before.current = { query, id, at };
    if (hasLeft) state.choose({ problem: id });
  });
  return at;
}

/** While somebody is in the list rows stay where they are, whatever fails meanwhile. */
function useHeldRows(
  answer: ProblemsAnswer,
  list: { readonly current: HTMLElement | null },
): readonly ProblemRow[] {
  const held = useRef<readonly string[]>([]);
  const query = JSON.stringify(answer.query);
  const shown = useRef(query);
  const isHeld = shown.current === query && list.current?.matches(':hover, :focus-within') === true;
  const rows = isHeld ? inHeldOrder(answer.rows, held.current) : answer.rows;
  useEffect(() => {
    held.current = rows.map(({ id }) => id);
    shown.current = query;
  });
  return rows;
}
