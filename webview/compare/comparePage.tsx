import { useEffect, useState } from 'preact/hooks';
import type { CompareWindow, SentCompared, SinceAnswer } from '../../src/protocol/compare.ts';
import { areAllNew, groupText, itemText } from '../../src/texts/compareGroupTexts.ts';
import { comparisonSentences, sinceText } from '../../src/texts/compareTexts.ts';
import { earlierText } from '../../src/texts/earlierDifferences.ts';
import type { ToldComparison } from '../../src/texts/toldComparison.ts';
import { formatClock, formatCount, formatDuration } from '../../src/texts/format.ts';
import { answerOf } from '../../src/protocol/ask.ts';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import { labelled, sentences } from '../../src/texts/sentences.ts';
import { outcomePresentation } from '../../src/texts/statusPresentation.ts';
import { executionName } from '../../src/texts/titles.ts';
import { differencePlace } from '../../src/view/differencePlace.ts';
import { Icon } from '../controls/icon.tsx';
import { FlowGraph } from '../flowView/flowPage.tsx';
import { useShownFlow } from '../flowView/useShownFlow.ts';
import { usePanel } from '../panelContext.ts';
import { firstPage } from './compareFeed.ts';
import { sideNames, toldOf } from './told.ts';
import { CompareRows } from './compareRows.tsx';
import { SideBySideView } from './sideBySideView.tsx';
import { whyNot } from './whyNot.ts';

/** What two executions differ in: in words, by what it means, node by node, and a node of both side by side. */
export function ComparePage() {
  const { state, session, t } = usePanel();
  const pair = state.comparing.value;
  const [shown, setShown] = useState({ pair, page: firstPage });
  // Of two others it begins anew.
  const page = shown.pair === pair ? shown.page : firstPage;
  const setPage = (wanted: typeof page) => {
    setShown({ pair, page: wanted });
  };
  useEffect(() => {
    if (pair !== null) session.comparison.show({ ...pair, ...page });
  }, [pair, page]);
  const { answer, failure } = state.comparison.value;
  if (failure !== null) return <Note text={requestFailureText(failure, t)} icon="error" />;
  if (answer === null) return <Note text={t('Comparing…')} icon="loading" />;
  if (answer.kind !== 'compared') return <Note text={whyNot(answer, t)} icon="info" />;
  return (
    <Compared
      key={pairKey(answer)}
      answer={answer}
      onlyDifferences={page.onlyDifferences}
      onOnly={(onlyDifferences) => {
        setPage({ ...firstPage, onlyDifferences });
      }}
      onRange={(offset, limit) => {
        const { onlyDifferences } = page;
        setPage({ onlyDifferences, offset, limit });
      }}
      onPlace={(around) => {
        setPage({ ...page, around });
      }}
    />
  );
}

function pairKey({ query: { key, other, source } }: CompareWindow): string {
  return JSON.stringify([key, other, source]);
}

function Note({ text, icon }: { text: string; icon: string }) {
  return (
    <p class="detail-note compare-note" role="status">
      <Icon name={icon} />
      {text}
    </p>
  );
}

function Compared(props: {
  answer: CompareWindow;
  onlyDifferences: boolean;
  onOnly: (only: boolean) => void;
  onRange: (offset: number, limit: number) => void;
  /** A row is wanted that may not be among those that are there. */
  onPlace: (place: number) => void;
}) {
  const { answer, onPlace } = props;
  const { session, t } = usePanel();
  const told = toldOf(answer);
  const { first } = answer;
  const earlier = earlierText(told, t);
  const [wanted, want] = useState({ place: first?.row ?? -1, n: 0 });
  const [opened, open] = useState<number | null>(null);
  const [isFlowShown, showFlow] = useState(false);
  const firstName = first === null ? undefined : told.rowAt(first.row);
  const place = first === null ? undefined : differencePlace(answer, first.row);
  const at = place === undefined ? {} : { place };
  const names = sideNames(answer, t);
  useEffect(() => {
    const nodeId = firstName?.nodeId ?? '';
    const { key } = answer.after.summary;
    if (nodeId !== '') session.tell('stepChosen', { key, nodeId, ...at, isBegin: true });
  }, []);
  return (
    <div class="compare">
      <div class="compare-heads">
        <Head compared={answer.before} label={names.before} />
        <Head compared={answer.after} label={names.after} />
      </div>
      <p class="compare-sentence" role="status">
        {sentences(comparisonSentences(told, t))}
      </p>
      {earlier !== '' && <p class="compare-earlier">{earlier}</p>}
      <Since answer={answer} />
      {firstName !== undefined && firstName.nodeId !== '' && (
        <div class="compare-ways">
          {answer.hasFlow && (
            <vscode-button
              onClick={() => {
                const { nodeId, name } = firstName;
                const { key } = answer.after.summary;
                const target = { nodeId, name, ...at };
                session.tell('revealNode', { key, target, preserveFocus: false });
              }}
            >
              {t('Go to First Difference in Flow')}
            </vscode-button>
          )}
          <vscode-button
            appearance="secondary"
            onClick={() => {
              open(first?.row ?? null);
            }}
          >
            {t('Show Side by Side')}
          </vscode-button>
          {answer.query.source === undefined && answer.hasFlow && answer.hasBothWays && (
            <vscode-button
              appearance="secondary"
              aria-expanded={isFlowShown}
              onClick={() => {
                showFlow(!isFlowShown);
              }}
            >
              {t('Show Both Paths in Flow')}
            </vscode-button>
          )}
        </div>
      )}
      {isFlowShown && <BothWays answer={answer} names={names} />}
      <Groups
        answer={answer}
        told={told}
        onRow={(place) => {
          want(({ n }) => ({ place, n: n + 1 }));
          if (answer.rows.every((row) => row.place !== place)) onPlace(place);
          open(place);
        }}
      />
      <CompareRows {...props} wanted={wanted} onOpen={open} />
      {opened !== null && (
        <SideBySideView
          answer={answer}
          place={opened}
          onClose={() => {
            open(null);
          }}
        />
      )}
    </div>
  );
}

/** The flow, with the ways that both took. */
function BothWays(props: {
  answer: CompareWindow;
  names: { readonly before: string; readonly after: string };
}) {
  const { before, after } = props.answer;
  const { names } = props;
  useShownFlow({ uri: null, execution: after.summary.key, comparedWith: before.summary.key });
  return (
    <div class="compare-flow">
      <FlowGraph sides={{ this: names.after, other: names.before }} />
    </div>
  );
}

/** Since when it is like that: other runs of the flow are looked at, which takes a moment. */
function Since({ answer }: { answer: CompareWindow }) {
  const { state, session, t } = usePanel();
  const [since, setSince] = useState<SinceAnswer | null>(null);
  const { key, other, source } = answer.query;
  const hasFirst = answer.first !== null;
  useEffect(() => {
    let isCurrent = true;
    setSince(null);
    if (!hasFirst) return;
    const query = { key, other, ...(source === undefined ? {} : { source }) };
    session.ask('ask', { kind: 'since', query }).then(
      (answered) => {
        if (isCurrent && answered.result.ok) setSince(answerOf('since', answered));
      },
      // What two differ in is told; this would only add to it.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [key, other, source, hasFirst]);
  const text = since === null ? '' : sinceText(since, state.language, Date.now(), t);
  return text === '' ? null : (
    <p class="compare-since" role="status">
      {text}
    </p>
  );
}

function Head({ compared, label }: { compared: SentCompared; label: string }) {
  const { state, session, t } = usePanel();
  const { summary } = compared;
  const name = executionName({ ...summary, name: compared.name }, t);
  const { icon, color, text } = outcomePresentation(summary.outcome);
  const begin = formatClock(summary.beginMs, state.language, Date.now());
  return (
    <div class="compare-head">
      <span class="compare-side">{label}</span>
      <span style={{ color: `var(${color})` }}>
        <Icon name={icon} />
      </span>
      {compared.from === undefined ? (
        <button
          type="button"
          class="link"
          title={summary.sid}
          onClick={() => {
            state.view.value = 'traces';
            if (state.pinned === null) session.select(summary.key);
            else session.tell('openInNewPanel', { key: summary.key, name });
          }}
        >
          {labelled(t(text), name, t)}
        </button>
      ) : (
        <span title={summary.sid}>{labelled(t(text), name, t)}</span>
      )}
      <span class="compare-fact">{begin}</span>
      <span class="compare-fact">{formatDuration(summary.durationMs)}</span>
      {compared.from !== undefined && (
        <span class="compare-fact">{t('from {0}', compared.from)}</span>
      )}
    </div>
  );
}

/** Of a group so many are listed at once. */
const mostItems = 50;

function Groups(props: {
  answer: CompareWindow;
  told: ToldComparison;
  onRow: (place: number) => void;
}) {
  const { state, t } = usePanel();
  const { answer, told, onRow } = props;
  return (
    <div class="compare-groups">
      {answer.groups.map((group) => {
        const { kind, items, total } = group;
        const textOf = (item: (typeof items)[number]) =>
          itemText(item, kind, told, t, areAllNew(items));
        return (
          <details key={kind} class="compare-group">
            <summary>
              <span class="codicon codicon-chevron-right" aria-hidden="true" />
              {groupText(group, formatCount(total, state.language), told, t)}
            </summary>
            <ul>
              {items.slice(0, mostItems).map((item, index) => (
                <li key={index}>
                  {item.row === -1 ? (
                    textOf(item)
                  ) : (
                    <button
                      type="button"
                      class="link"
                      onClick={() => {
                        onRow(item.row);
                      }}
                    >
                      {textOf(item)}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </div>
  );
}
