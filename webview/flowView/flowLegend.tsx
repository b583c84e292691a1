import { takenByTexts } from '../../src/texts/graphTexts.ts';
import { usePanel } from '../panelContext.ts';

/** What the figures and lines of the graph mean. */
export function FlowLegend(props: { readonly hasParts: boolean; readonly isCompared: boolean }) {
  const { hasParts, isCompared } = props;
  const { t } = usePanel();
  const rows: readonly (readonly [sign: string, text: string])[] = [
    ['×3', t('On an arrow: how often it was taken')],
    ['2.00 s ×3', t('In a step: its duration, and how often it ran')],
    [
      '12 · 25%',
      t('In a step: in how many executions it ran, and the share of them that failed at it'),
    ],
    ['┄┄', t('Not taken')],
    ...(isCompared
      ? ([
          ['━━', t(takenByTexts.this)],
          ['━ ━', t(takenByTexts.other)],
        ] as const)
      : []),
    ...(hasParts ? [['····', t('Used by the step that it leads to')] as const] : []),
  ];
  return (
    <dl class="flow-legend">
      {rows.map(([sign, text]) => (
        <div key={text}>
          <dt>{sign}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
