import { MomentField } from '../controls/momentField.tsx';
import { usePanel } from '../panelContext.ts';

/** From when to when, to the minute. What is no time, or ends before it begins, asks for nothing. */
export function OwnRange() {
  const { state, t } = usePanel();
  const { own } = state.choices.value;
  const field = (name: string, edge: 'fromMs' | 'toMs') => (
    <MomentField
      label={name}
      value={own[edge]}
      // Both are given room: either may be changed first.
      isWrong={own.fromMs >= own.toMs}
      onChange={(atMs) => {
        state.choose({ own: { ...state.choices.value.own, [edge]: atMs } });
      }}
    />
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
