import type { JSX } from 'preact';
import type { Rounds } from '../../src/view/rounds.ts';
import { hasEntries } from '../../src/texts/attempts.ts';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';

/** Chooses the round of an iteration whose values are shown. */
export function RoundSwitcher({
  round,
  rounds: { count, failed },
}: {
  /** From 0. */
  readonly round: number;
  readonly rounds: Rounds;
}): JSX.Element {
  const { t, choices, redraw, content } = useInspector();
  const isRetried = content.kind === 'node' && hasEntries(content.row);
  const choose = (wanted: number) => {
    if (!Number.isInteger(wanted)) return;
    choices.round = Math.max(0, Math.min(wanted, count - 1));
    redraw();
  };
  return (
    <div
      class="inspector-rounds"
      role="group"
      aria-label={isRetried ? t('Entry of the node') : t('Round of the iteration')}
    >
      <IconButton
        icon="chevron-left"
        label={isRetried ? t('Previous Entry') : t('Previous Round')}
        disabled={round === 0}
        onClick={() => choose(round - 1)}
      />
      <label>
        {isRetried ? t('Entry') : t('Round')}{' '}
        <input
          type="number"
          min={1}
          max={count}
          value={round + 1}
          onChange={({ currentTarget }) => choose(currentTarget.valueAsNumber - 1)}
        />
      </label>
      <span>{t('of {0}', count)}</span>
      <IconButton
        icon="chevron-right"
        label={isRetried ? t('Next Entry') : t('Next Round')}
        disabled={round === count - 1}
        onClick={() => choose(round + 1)}
      />
      {failed.length > 0 && <FailedRounds round={round} failed={failed} onChoose={choose} />}
    </div>
  );
}

/** More buttons than these don't fit into a line. */
const mostButtons = 8;

/** Says that the round failed, and leads to the others that did. */
function FailedRounds({
  round,
  failed,
  onChoose,
}: {
  readonly round: number;
  readonly failed: readonly number[];
  readonly onChoose: (round: number) => void;
}): JSX.Element {
  const { t, content } = useInspector();
  const leadsTo = (item: number) =>
    content.kind === 'node' && hasEntries(content.row)
      ? t('Show entry {0}, which failed', item + 1)
      : t('Show round {0}, which failed', item + 1);
  return (
    <span class="inspector-rounds-failed">
      {failed.includes(round) && (
        <span class="inspector-round-failed" role="status">
          <span class="codicon codicon-error" aria-hidden="true" />
          {t('failed')}
        </span>
      )}
      {failed
        .filter((item) => item !== round)
        .slice(0, mostButtons)
        .map((item) => (
          <button
            key={item}
            type="button"
            class="inspector-link"
            title={leadsTo(item)}
            aria-label={leadsTo(item)}
            onClick={() => onChoose(item)}
          >
            <span class="codicon codicon-error" aria-hidden="true" />
            {item + 1}
          </button>
        ))}
    </span>
  );
}
