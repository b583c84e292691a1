import type { ProblemGroup, ProblemsAnswer } from '../../src/protocol/problems.ts';
import { formatCount, formatWhen } from '../../src/texts/format.ts';
import { notListedText } from '../../src/texts/notListedText.ts';
import { sentences } from '../../src/texts/sentences.ts';
import { problemGroups } from '../choices.ts';
import { Icon } from '../controls/icon.tsx';
import { ScopeChoice } from '../controls/scopeChoice.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { WatchedPage } from '../controls/watchedPage.tsx';
import { usePanel } from '../panelContext.ts';
import { groupNames } from './groupNames.ts';
import { ProblemList } from './problemList.tsx';

/** What fails, as problems: a list, and of the chosen one what is known and what can be done. */
export function ProblemsPage() {
  const { state, session, t } = usePanel();
  const shown = state.problems.value;
  return (
    <WatchedPage
      {...{ kind: 'problems', label: t('Problems'), shown, feed: session.problems }}
      head={<Head answer={shown.answer} />}
      waiting={t('Analyzing failures…')}
    >
      {(answer) => (
        <>
          <Notes answer={answer} />
          {answer.rows.length === 0 ? (
            <NothingHere answer={answer} />
          ) : (
            <ProblemList answer={answer} />
          )}
        </>
      )}
    </WatchedPage>
  );
}

/** Which of them, and whose. */
function Head({ answer }: { answer: ProblemsAnswer | null }) {
  const { state, t } = usePanel();
  const { problemGroup } = state.choices.value;
  const option = (group: ProblemGroup) => {
    const total = answer?.totals[group] ?? 0;
    return (
      <button
        key={group}
        type="button"
        class={group === problemGroup ? 'choice chosen' : 'choice'}
        aria-pressed={group === problemGroup}
        onClick={() => {
          state.choose({ problemGroup: group });
        }}
      >
        {t(groupNames[group])}
        {total > 0 && <span class="problem-total">{formatCount(total, state.language)}</span>}
      </button>
    );
  };
  return (
    <div class="numbers-head">
      <Toolbar class="numbers-ranges" label={t('State')}>
        {problemGroups.map(option)}
      </Toolbar>
      <ScopeChoice />
    </div>
  );
}

/** Of what time they are, and what is missing. */
function Notes({ answer }: { answer: ProblemsAnswer }) {
  const { state, t } = usePanel();
  const { sinceMs, ended, pending, unknown, rows, query } = answer;
  const { language } = state;
  const count = (value: number) => formatCount(value, language);
  const more = answer.totals[query.group] - rows.length;
  if (sinceMs === null) return null;
  const since = formatWhen(sinceMs, language, Date.now());
  return (
    <p class="page-note problems-notes">
      {sentences([
        ended === 1
          ? t('From 1 execution that ended since {0}.', since)
          : t('From {0} executions that ended since {1}.', count(ended), since),
        pending > 0 ? t('Reading records: {0} left.', count(pending)) : '',
        pending === 0 && unknown > 0
          ? t('Older failures whose records are no longer in memory: {0}.', count(unknown))
          : '',
        notListedText(more, language, t),
      ])}
    </p>
  );
}

function NothingHere({ answer }: { answer: ProblemsAnswer }) {
  const { state, t } = usePanel();
  const { totals, query, ended, pending } = answer;
  const { resolved, ignored } = totals;
  const hasOthers = resolved + ignored + totals.unresolved > 0;
  const isUnresolved = query.group === 'unresolved';
  return (
    <div class="empty-state" role="status">
      <div class="empty-title">
        <Icon name={isUnresolved && ended > 0 ? 'pass' : 'issues'} />
        <h2>
          {pending > 0
            ? t('Analyzing failures…')
            : ended === 0
              ? t('Nothing has run yet.')
              : isUnresolved
                ? ignored > 0
                  ? t('No other unresolved problems.')
                  : t('No unresolved problems.')
                : t('None.')}
        </h2>
      </div>
      <p>
        {isUnresolved
          ? hasOthers
            ? t('Resolved: {0}. Ignored: {1}.', resolved, ignored)
            : t(
                'Identical failures are grouped into one problem here, with what has happened since.',
              )
          : query.group === 'resolved'
            ? t('Once enough runs have passed since, a problem is listed here automatically.')
            : t('Problems that you ignore are listed here, until they fail three times as often.')}
      </p>
      {!isUnresolved && (
        <div class="empty-actions">
          <vscode-button
            onClick={() => {
              state.choose({ problemGroup: 'unresolved' });
            }}
          >
            {t('Show Unresolved')}
          </vscode-button>
        </div>
      )}
    </div>
  );
}
