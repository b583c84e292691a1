import type { NumbersAnswer } from '../../src/protocol/numbers.ts';
import {
  type AnalysisTexts,
  concurrencySentences,
  durationSentences,
  errorSentences,
  resourceSentences,
} from '../../src/texts/analysisTexts.ts';
import { formatClock } from '../../src/texts/format.ts';
import { sentences } from '../../src/texts/sentences.ts';
import {
  concurrencyTable,
  durationTable,
  errorTable,
  kindOfFlow,
  resourceTable,
} from '../../src/view/numberTables.ts';
import type { Table, TableTexts } from '../../src/view/tableColumns.ts';
import { usePanel } from '../panelContext.ts';
import { NumbersTable } from './numbersTable.tsx';

/** What the numbers mean: in words first, then what they rest on. */
export function Analyses({ answer, texts }: { answer: NumbersAnswer; texts: TableTexts }) {
  const { state, t } = usePanel();
  const words: AnalysisTexts = {
    ...{ t, language: state.language, kindOf: (flow) => kindOfFlow(answer, flow) },
    nameOf: (flow) => answer.flows.rows.find((row) => row.flow === flow)?.name ?? '',
    moment: (atMs) => formatClock(atMs, state.language, answer.span.toMs),
  };
  return (
    <>
      <Analysis
        table={durationTable(answer, texts)}
        told={durationSentences(answer.durations, words)}
      />
      <Analysis table={errorTable(answer, texts)} told={errorSentences(answer.errors, words)} />
      <Analysis
        table={resourceTable(answer, texts)}
        told={resourceSentences(answer.resources, words)}
      />
      <Analysis
        table={concurrencyTable(answer, texts)}
        told={concurrencySentences(answer.concurrency, words)}
      />
    </>
  );
}

function Analysis<Row>({ table, told }: { table: Table<Row>; told: readonly string[] }) {
  return (
    <section class="numbers-section">
      <NumbersTable table={table} told={sentences(told)} />
    </section>
  );
}
