import type { ComponentChildren } from 'preact';
import type { ProblemRow } from '../../src/protocol/problems.ts';
import { formatWhen } from '../../src/texts/format.ts';
import { saidInBrief } from '../../src/texts/problemTexts.ts';
import { labelled } from '../../src/texts/sentences.ts';
import { usePanel } from '../panelContext.ts';

/** What the reader corrects by hand: which failures are one problem, and which flows are one. */
export function ByHand({ row }: { row: ProblemRow }) {
  const { t } = usePanel();
  return (
    <>
      <Others row={row} name={t('Also at this step')} others={row.besides} />
      <Others row={row} name={t('At other steps of the flow')} others={row.elsewhere} isFolded />
      <Parts row={row} />
      <Lineage row={row} />
    </>
  );
}

/** Other problems: what should have been one is put together. */
function Others(props: {
  readonly row: ProblemRow;
  readonly name: string;
  readonly others: ProblemRow['elsewhere'];
  readonly isFolded?: boolean;
}) {
  const { row, name, others, isFolded = false } = props;
  const { session, t } = usePanel();
  const { flow, signature: into } = row;
  if (others.length === 0) return null;
  return (
    <Section title={name} isFolded={isFolded}>
      {others.map(({ signature, nodeName, ...said }) => (
        <Item
          key={signature}
          text={isFolded ? labelled(nodeName, saidInBrief(said), t) : saidInBrief(said)}
        >
          <Act
            name={t('Merge into This Problem')}
            act={() => {
              session.sayOfProblem({ kind: 'moved', signature, flow, into });
            }}
          />
        </Item>
      ))}
    </Section>
  );
}

/** What it is made of: what should have been several is split, what was put together goes back. */
function Parts({ row }: { row: ProblemRow }) {
  const { session, t } = usePanel();
  const { parts, flow } = row;
  if (parts.length < 2 && parts[0]?.isMoved !== true) return null;
  return (
    <Section title={t('Included failures')} isFolded={!parts.some(({ isMoved }) => isMoved)}>
      {parts.map(({ signature, count, isMoved, ...said }) => (
        <Item key={signature} text={t('{0}: {1}', t('{0}×', count), saidInBrief(said))}>
          <Act
            name={isMoved ? t('Restore Grouping') : t('Split Off')}
            title={
              isMoved
                ? t('Group these failures automatically again')
                : t('Failures with exactly this text become a separate problem')
            }
            act={() => {
              const into = isMoved ? null : signature;
              session.sayOfProblem({ kind: 'moved', signature, flow, into });
            }}
          />
        </Item>
      ))}
    </Section>
  );
}

/** The flows that are held for one, because they have the same nodes. */
function Lineage({ row }: { row: ProblemRow }) {
  const { state, session, t } = usePanel();
  const { lineage, isApart } = row;
  const [first] = lineage;
  if (first === undefined || (lineage.length < 2 && !isApart)) return null;
  const since = (beginMs: number) => formatWhen(beginMs, state.language, Date.now());
  return (
    <Section title={t('Imports of one flow, matched by their nodes')}>
      {lineage.map(({ flow, name, beginMs }) => (
        <Item
          key={flow}
          text={t('{0}, since {1}', name === '' ? flow : name, since(beginMs))}
          title={flow}
        >
          {flow !== first.flow && (
            <Act
              name={t('Not the Same Flow')}
              title={t('Its problems are counted separately from now on')}
              act={() => {
                session.sayOfProblem({ kind: 'apart', flow });
              }}
            />
          )}
          {flow === first.flow && isApart && (
            <Act
              name={t('Same Flow as Before')}
              title={t('You marked it as a different flow than an earlier one with the same nodes')}
              act={() => {
                session.sayOfProblem({ kind: 'together', flow });
              }}
            />
          )}
        </Item>
      ))}
    </Section>
  );
}

function Section(props: {
  readonly title: string;
  readonly isFolded?: boolean;
  readonly children: ComponentChildren;
}) {
  const { title, isFolded = false, children } = props;
  return (
    <details class="problem-besides" open={!isFolded}>
      <summary>{title}</summary>
      <ul>{children}</ul>
    </details>
  );
}

function Item(props: {
  readonly text: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}) {
  const { text, title, children } = props;
  return (
    <li title={title ?? text}>
      {text} {children}
    </li>
  );
}

function Act({ name, title, act }: { name: string; title?: string; act: () => void }) {
  return (
    <button type="button" class="problem-way" title={title ?? name} onClick={act}>
      {name}
    </button>
  );
}
