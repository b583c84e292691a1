import type { JSX } from 'preact';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';

/** Chooses the round of an iteration whose values are shown. */
export function RoundSwitcher({
  round,
  count,
}: {
  /** From 0. */
  readonly round: number;
  readonly count: number;
}): JSX.Element {
  const { t, choices, redraw, content } = useInspector();
  const isRetried = content.kind === 'node' && content.row.attempts === true;
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
        label={isRetried ? t('Previous entry') : t('Previous round')}
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
        label={isRetried ? t('Next entry') : t('Next round')}
        disabled={round === count - 1}
        onClick={() => choose(round + 1)}
      />
    </div>
  );
}
