import type { ProblemRow } from '../../src/protocol/problems.ts';
import { formatWhen } from '../../src/texts/format.ts';
import { askText, joinedTexts, nextText } from '../../src/texts/problemTexts.ts';
import { enumerated } from '../../src/texts/sentences.ts';
import { problemFilter, problemIcons, problemRowTexts } from '../../src/view/problemRows.ts';
import { useIsOfFile } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { usePanel } from '../panelContext.ts';
import { ByHand } from './byHand.tsx';

/** A problem: how it stands, where it happens, and the ways from it. */
export function ProblemDetail(props: {
  readonly row: ProblemRow;
  readonly onCopy: (row: ProblemRow) => void;
}) {
  const { row, onCopy } = props;
  const { state, t } = usePanel();
  const isOfFile = useIsOfFile();
  const nowMs = Date.now();
  const texts = problemRowTexts(row, { t, language: state.language, nowMs, isOfFile });
  const { causes, steps, codes } = joinedTexts(row, t);
  const [line, ...more] = row.text.trim().split('\n');
  // The title leaves out what others said around it.
  const said = line === texts.title ? more : [line, ...more];
  return (
    <section class="problem-detail" aria-label={t('Selected problem')}>
      <h2 class="problem-name">{texts.title}</h2>
      <p class={`problem-state ${row.state}`}>
        <Icon name={problemIcons[row.state]} />
        <strong>{texts.state}</strong>
      </p>
      <ul class="problem-facts">
        {texts.detail.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <p class="problem-next" role="status">
        {nextText(row, t, isOfFile)}
      </p>
      <dl class="problem-lines">
        <Line name={causes.length > 1 ? t('Causes') : t('Cause')} text={enumerated(causes, t)} />
        <Line name={steps.length > 1 ? t('Steps') : t('Step')} text={enumerated(steps, t)} />
        <Line name={t('Flow')} text={row.flowName === '' ? row.flow : row.flowName} />
        <Line name={t('Status code')} text={enumerated(codes, t)} />
      </dl>
      {said.length > 0 && <pre class="problem-text">{said.join('\n')}</pre>}
      <Ways row={row} />
      <Ask row={row} />
      {/* Those of another one are others: a key that is pressed twice is not meant for both. */}
      <Says key={row.id} row={row} onCopy={onCopy} />
      <ByHand row={row} />
    </section>
  );
}

function Line({ name, text }: { name: string; text: string }) {
  if (text === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** Where one goes from it. What memory no longer holds can't be opened. */
function Ways({ row }: { row: ProblemRow }) {
  const { session, t } = usePanel();
  const { firstFailed, lastFailed, lastGood, nodeId, nodeName: name } = row;
  /** Whoever goes on from it has seen it. */
  const going = (go: () => void) => () => {
    if (row.state === 'new') session.markProblem(row, 'seen');
    go();
  };
  const way = (
    icon: string,
    text: string,
    go: (() => void) | null,
    why = t('No longer in memory'),
  ) => (
    <button
      key={text}
      type="button"
      class="problem-way"
      aria-disabled={go === null}
      title={go === null ? why : text}
      onClick={go === null ? undefined : going(go)}
    >
      <Icon name={icon} />
      {text}
    </button>
  );
  const open = (key: string | null) =>
    key === null
      ? null
      : () => {
          session.showExecution(key);
        };
  return (
    <Toolbar class="problem-ways" label={t('Go to')}>
      {way('list-unordered', t('Failed Runs'), () => {
        session.showBehind(problemFilter(row));
      })}
      {way('error', t('Last Failed Run'), open(lastFailed))}
      {row.count > 1 && way('history', t('First Failed Run'), open(firstFailed))}
      {way('pass', t('Last Good Run'), open(lastGood), t('No good run in memory'))}
      {nodeId !== null &&
        way(
          'go-to-file',
          t('Step in the Flow File'),
          lastFailed === null
            ? null
            : () => {
                const target = { nodeId, name };
                session.tell('revealNode', { key: lastFailed, target, preserveFocus: false });
              },
        )}
    </Toolbar>
  );
}

/** What the buttons below it answer. */
function Ask({ row }: { row: ProblemRow }) {
  const { state, t } = usePanel();
  const moment = (atMs: number) => formatWhen(atMs, state.language, Date.now());
  return <p class="problem-ask">{askText(row.changedMs, { t, moment })}</p>;
}

/** What one says of it. */
function Says({ row, onCopy }: { row: ProblemRow; onCopy: (row: ProblemRow) => void }) {
  const { session, t } = usePanel();
  const isIgnored = row.state === 'ignored';
  const isFixed = row.mark === 'fixed' && row.state === 'watching';
  const say = (kind: 'seen' | 'fixed' | 'ignored') => () => {
    session.markProblem(row, kind);
  };
  return (
    <div class="problem-says">
      {isIgnored ? (
        <vscode-button onClick={say('seen')}>{t('Stop Ignoring')}</vscode-button>
      ) : (
        <>
          {isFixed ? (
            <vscode-button appearance="secondary" onClick={say('seen')}>
              {t('Not Fixed')}
            </vscode-button>
          ) : (
            row.state !== 'resolved' && (
              <vscode-button
                title={t('Watch it from now on, and resolve it once enough runs have passed')}
                onClick={say('fixed')}
              >
                {t('Mark as Fixed')}
              </vscode-button>
            )
          )}
          <vscode-button
            appearance="secondary"
            title={t('Hide it and don’t notify, until it fails three times as often')}
            onClick={say('ignored')}
          >
            {t('Ignore')}
          </vscode-button>
        </>
      )}
      <vscode-button
        appearance="secondary"
        onClick={() => {
          onCopy(row);
        }}
      >
        {t('Copy')}
      </vscode-button>
    </div>
  );
}
