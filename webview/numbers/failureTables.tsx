import type { NumbersAnswer } from '../../src/protocol/numbers.ts';
import { causeTitle } from '../../src/texts/findingTexts.ts';
import { formatCount } from '../../src/texts/format.ts';
import { filterOf, scopeTerms } from '../../src/view/numbersFilter.ts';
import { usePanel } from '../panelContext.ts';
import { RankedBars } from './rankedBars.tsx';

/** Failures by cause and by code. */
export function FailureTables({ answer }: { answer: NumbersAnswer }) {
  const { state, t } = usePanel();
  const { causes, codes } = answer;
  if (codes.total === 0) return null;
  const count = (value: number) => formatCount(value, state.language);
  const filter = (term: string) => filterOf('status:failed', term, ...scopeTerms(answer));
  return (
    <div class="numbers-charts">
      <RankedBars
        title={t('Failures by cause')}
        rows={causes.rows.map(({ cause, category, failed }) => ({
          name: causeTitle(cause, category, t),
          ...{ value: failed, text: count(failed) },
          filter: filter(`cause:${cause ?? category}`),
        }))}
      />
      <RankedBars
        title={t('Failures by code')}
        rows={codes.rows.map(({ code, failed }) => ({
          name: String(code),
          ...{ value: failed, text: count(failed), filter: filter(`code:${String(code)}`) },
        }))}
      />
    </div>
  );
}
