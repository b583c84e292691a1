import { timeZoneHere } from '../../src/base/zone.ts';
import { usePanel } from '../panelContext.ts';
import { ranges } from '../choices.ts';
import { ChoiceButton } from '../controls/choiceButton.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { ScopeChoice } from '../controls/scopeChoice.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { NarrowingField } from './narrowingField.tsx';
import { OwnRange } from './ownRange.tsx';
import { rangeName } from './rangeNames.ts';
import { chooseRange, numbersTimeOf, rangeOf } from './shownRange.ts';

/** What time, whose executions, whose clock. */
export function NumbersHead() {
  const { state, session, t } = usePanel();
  const timeZone = timeZoneHere();
  const range = rangeOf(state);
  return (
    <div class="numbers-head">
      <Toolbar class="numbers-ranges" label={t('Time')}>
        {ranges.map((one) => (
          <ChoiceButton
            key={one}
            isChosen={one === range}
            onClick={() => {
              chooseRange(state, one);
            }}
          >
            {rangeName(one, t)}
          </ChoiceButton>
        ))}
      </Toolbar>
      {range === 'own' && <OwnRange />}
      <ScopeChoice />
      <NarrowingField />
      <span class="numbers-zone">
        {timeZone}
        {!state.isDashboard && !state.isTraceFile && (
          <IconButton
            icon="link-external"
            label={t('Open Dashboard')}
            words={t('Dashboard')}
            onClick={() => {
              session.tell('openDashboard', numbersTimeOf(state));
            }}
          />
        )}
      </span>
    </div>
  );
}
