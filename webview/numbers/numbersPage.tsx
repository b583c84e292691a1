import type { NumbersAnswer } from '../../src/protocol/numbers.ts';
import { formatCount, formatSpan } from '../../src/texts/format.ts';
import { reachText } from '../../src/texts/historyTexts.ts';
import { sentences } from '../../src/texts/sentences.ts';
import {
  distributionChart,
  inFlightChart,
  outcomeChart,
  percentileChart,
} from '../../src/view/numberCharts.ts';
import { apartText, baseText, shownFigures } from '../../src/view/numberFigures.ts';
import { toldSpan } from '../../src/view/toldSpan.ts';
import { useIsOfFile } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { WatchedPage } from '../controls/watchedPage.tsx';
import { firstChoices } from '../choices.ts';
import { usePanel } from '../panelContext.ts';
import { Analyses } from './analyses.tsx';
import { ChartFigure, ChartPatterns } from './chartFigure.tsx';
import { FailureTables } from './failureTables.tsx';
import { FigureCards } from './figureCards.tsx';
import { FlowTables } from './flowTables.tsx';
import { NumbersHead } from './numbersHead.tsx';

/** Numbers of what ran: six key figures, charts, tables, and what they mean. */
export function NumbersPage() {
  const { state, session, t } = usePanel();
  return (
    <WatchedPage
      {...{ kind: 'numbers', label: t('Numbers') }}
      {...{ shown: state.numbers.value, feed: session.numbers }}
      head={<NumbersHead />}
      waiting={t('Counting…')}
    >
      {(answer) => <Content answer={answer} />}
    </WatchedPage>
  );
}

function Content({ answer }: { answer: NumbersAnswer }) {
  const { state, t } = usePanel();
  const isOfFile = useIsOfFile();
  const texts = { t, language: state.language };
  const tableTexts = { ...texts, nowMs: answer.span.toMs };
  return (
    <>
      <Notes answer={answer} />
      <FigureCards figures={shownFigures(answer, { ...texts, isOfFile })} />
      {answer.runs === 0 ? (
        <NothingHere answer={answer} />
      ) : (
        <>
          <ChartPatterns />
          <div class="numbers-charts">
            <ChartFigure chart={outcomeChart(answer, texts)} />
            <ChartFigure chart={percentileChart(answer, texts)} />
            <ChartFigure chart={distributionChart(answer, texts)} />
            <ChartFigure chart={inFlightChart(answer, texts)} />
          </div>
          <FailureTables answer={answer} />
          <FlowTables answer={answer} texts={tableTexts} />
          <Analyses answer={answer} texts={tableTexts} />
        </>
      )}
    </>
  );
}

/** Of what time the numbers really are, and what they don't hold. */
function Notes({ answer }: { answer: NumbersAnswer }) {
  const { state, t } = usePanel();
  const { sinceMs, pending, withoutNodes } = answer;
  const span = toldSpan(answer, answer.span);
  const { language } = state;
  const count = (value: number) => formatCount(value, language);
  const history = state.status.value?.history ?? ({ kind: 'off' } as const);
  return (
    <p class="page-note numbers-notes">
      {sentences([
        t('{0}.', formatSpan(span.fromMs, span.toMs, language)),
        ...reachText({ span, sinceMs }, history, { t, language }),
        pending > 0
          ? t('Reading records: {0} left.', count(pending))
          : withoutNodes === 0
            ? ''
            : t('Older runs without figures for their nodes: {0}.', count(withoutNodes)),
        answer.runs === 0 ? '' : apartText(answer, { t, language }),
        baseText(answer, { t, language }),
      ])}
    </p>
  );
}

function NothingHere({ answer }: { answer: NumbersAnswer }) {
  const { state, session, t } = usePanel();
  const { query, sinceMs } = answer;
  const hasMore = (query.range !== 'all' || query.only !== undefined) && sinceMs !== null;
  const { toolCalls } = answer.figures;
  return (
    <div class="empty-state" role="status">
      <div class="empty-title">
        <Icon name="graph" />
        <h2>
          {answer.sinceMs === null
            ? t('Nothing has run yet.')
            : t('Nothing ran in this time range.')}
        </h2>
      </div>
      <p>
        {toolCalls > 0
          ? t('Tool calls aren’t counted as runs: {0}.', formatCount(toolCalls, state.language))
          : answer.sinceMs === null
            ? t('Numbers appear with the first execution.')
            : t('Select a longer time range, or “All”.')}
      </p>
      {sinceMs === null && state.isDashboard && (
        <div class="empty-actions">
          <vscode-button
            onClick={() => {
              session.tell('showExecutions', { filter: null, scope: 'all' });
            }}
          >
            {t('Open Trace Panel')}
          </vscode-button>
        </div>
      )}
      {hasMore && (
        <div class="empty-actions">
          <vscode-button
            onClick={() => {
              state.choose({ range: 'all', only: firstChoices.only });
            }}
          >
            {t('Show All')}
          </vscode-button>
        </div>
      )}
    </div>
  );
}
