import { shownSigns } from '../../src/base/shownSigns.ts';
import { noSignText, signAgainst, signText } from '../../src/texts/signTexts.ts';
import { usePanel } from '../panelContext.ts';
import { useSigns } from './useSigns.ts';

/** What stands out in what steps of the opened execution were given and gave; each leads to where it stands. */
export function DataSigns() {
  const { state, session, t } = usePanel();
  const answer = useSigns(state.tree.value?.summary.key ?? null, 0);
  if (answer === null) return <p class="finding-detail">{t('Comparing…')}</p>;
  const { signs, goodRuns } = answer;
  if (signs.length === 0) return <p class="finding-detail">{noSignText(goodRuns, t)}</p>;
  return (
    <ul class="remedies">
      {signs.map((sign, index) => (
        <li key={index}>
          <button
            type="button"
            class="item-link"
            onClick={() => {
              session.places.show(sign.place);
            }}
          >
            {shownSigns(signText(sign, t))}
          </button>{' '}
          {signAgainst(sign, t)}
        </li>
      ))}
    </ul>
  );
}
