import { useEffect, useState } from 'preact/hooks';
import { RequestError } from '../../src/protocol/packet.ts';
import type { CompareAnswer, CompareWindow } from '../../src/protocol/compare.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import { groupTitle, itemText } from '../../src/texts/compareGroupTexts.ts';
import { comparisonSentences } from '../../src/texts/compareTexts.ts';
import { formatWhen } from '../../src/texts/format.ts';
import { labelled, sentences } from '../../src/texts/sentences.ts';
import { type CauseItem, causeItems, isOfEachRun } from '../../src/view/causeItems.ts';
import { isLaterThan, toldOf } from '../compare/told.ts';
import { whyNot } from '../compare/whyNot.ts';
import { Fold } from './fold.tsx';
import { GitChanges } from './gitChanges.tsx';
import { useUnfolded } from './useUnfolded.ts';
import { usePanel } from '../panelContext.ts';

/** The comparison has them all. */
const mostItems = 6;
const mostOfEachRun = 20;

/** What is other in the opened execution than in the last of its flow that went well: inputs, configuration, outputs, flow. */
export function LastGoodChanges() {
  const { state, session, t } = usePanel();
  const key = state.tree.value?.summary.key ?? null;
  const [found, setFound] = useState<{ key: ExecutionKey; answer: CompareAnswer } | null>(null);
  useEffect(() => {
    if (key === null) return;
    const query = { key, other: null, onlyDifferences: true, offset: 0, limit: 0 };
    session.ask('ask', { kind: 'compare', query }).then(
      ({ kind, result }) => {
        if (!result.ok) session.complain(new RequestError(result.failure));
        else if (kind === 'compare') setFound({ key, answer: result.answer });
      },
      (error: unknown) => session.complain(error),
    );
  }, [key]);
  // Of another execution it says nothing here.
  const answer = found?.key === key ? found.answer : undefined;
  if (answer === undefined) return <p class="finding-detail">{t('Comparing…')}</p>;
  if (answer.kind !== 'compared') return <p class="finding-detail">{whyNot(answer, t)}</p>;
  return <Changes answer={answer} />;
}

function Changes({ answer }: { answer: CompareWindow }) {
  const { state, session, t } = usePanel();
  const told = toldOf(answer);
  const { summary } = answer.before;
  const all = causeItems(answer);
  const items = all.filter((one) => !isOfEachRun(one));
  const when = formatWhen(summary.beginMs, state.language, Date.now());
  // Where none went well before it, it is compared with one that did after it.
  const isLater = isLaterThan(answer);
  return (
    <>
      <p class="finding-detail">
        <button
          type="button"
          class="item-link"
          onClick={() => {
            session.showExecution(summary.key);
          }}
        >
          {isLater
            ? t('No run before it succeeded. Compared with a later good run: {0}', when)
            : t('The last good run: {0}', when)}
        </button>
      </p>
      <p class="finding-detail">{sentences(comparisonSentences(told, t))}</p>
      <Items items={items} most={mostItems} told={told} />
      <OfEachRun items={all.filter(isOfEachRun)} told={told} execution={answer.query.key} />
      <GitChanges answer={answer} />
    </>
  );
}

type Told = ReturnType<typeof toldOf>;

function Items(props: { items: readonly CauseItem[]; most: number; told: Told }) {
  const { items, most, told } = props;
  const { t } = usePanel();
  const more = items.length - most;
  if (items.length === 0) return null;
  return (
    <ul class="remedies">
      {items.slice(0, most).map(({ kind, item }, index) => (
        <li key={index}>{labelled(groupTitle(kind, t), itemText(item, kind, told, t), t)}</li>
      ))}
      {more > 0 && <li>{t('… and {0} more', more)}</li>}
    </ul>
  );
}

/** What is another in each run is told in one line, and in full to whoever opens that. */
function OfEachRun(props: { items: readonly CauseItem[]; told: Told; execution: ExecutionKey }) {
  const { items, told, execution } = props;

  const { t } = usePanel();
  const [isOpen, setOpen] = useUnfolded(execution, 'each run');
  if (items.length === 0) return null;
  const title =
    items.length === 1
      ? t('1 value that differs between good runs as well')
      : t('{0} values that differ between good runs as well', items.length);
  return (
    <Fold title={title} isOpen={isOpen} onFold={setOpen}>
      <Items items={items} most={mostOfEachRun} told={told} />
    </Fold>
  );
}
