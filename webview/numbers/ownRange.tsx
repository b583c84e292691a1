import { localMinute, readLocalMinute } from '../../src/texts/localMinute.ts';
import { usePanel } from '../panelContext.ts';

/** From when to when, to the minute. What is no time, or ends before it begins, asks for nothing. */
export function OwnRange() {
  const { state, t } = usePanel();
  const { own } = state.choices.value;
  const field = (name: string, edge: 'fromMs' | 'toMs') => (
    <label class="own-edge">
      {name}
      <input
        class="date-field"
        type="datetime-local"
        value={localMinute(own[edge])}
        // Both are given room: either may be changed first.
        aria-invalid={own.fromMs >= own.toMs}
        onChange={({ currentTarget }) => {
          const atMs = readLocalMinute(currentTarget.value);
          if (atMs !== null) state.choose({ own: { ...own, [edge]: atMs } });
        }}
      />
    </label>
  );
  return (
    <span class="own-range" role="group" aria-label={t('Time')}>
      {field(t('From'), 'fromMs')}
      {field(t('To'), 'toMs')}
      {own.fromMs >= own.toMs && (
        <span class="own-fault" role="alert">
          {t('The end is before the beginning.')}
        </span>
      )}
    </span>
  );
}
