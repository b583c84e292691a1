import type { ComponentChildren } from 'preact';

import { ranOnlyInText, type SideNames, takenByText } from '../../src/texts/graphTexts.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { usePanel } from '../panelContext.ts';

/** What the figures, boxes and lines of the graph mean. */
export function FlowLegend(props: {
  readonly hasParts: boolean;
  /** What two are called that are compared. */
  readonly sides: SideNames | null;
}) {
  const { hasParts, sides } = props;
  const { t } = usePanel();
  const rows: readonly (readonly [sign: ComponentChildren, text: string])[] = [
    ['×3', t('On an arrow: how often it was taken')],
    ['2.00 s ×3', t('In a step: its duration, and how often it ran')],
    ['12 · 25%', t('In a step: how many executions ran it, and what share of them failed there')],
    [<Box like="flow-failed flow-failing" />, t('The step where it failed')],
    [<Box like="flow-running" />, t('Running')],
    [<Box like="flow-notRun" />, t('Did not run, or not yet')],
    ...(sides === null
      ? ([[<Line like="flow-way" />, t('The path to the failure')]] as const)
      : sideRows(sides, t)),
    [<Line like="flow-untaken" />, t('Not taken')],
    ...(hasParts
      ? ([[<Line like="flow-part" />, t('Used by the step that it leads to')]] as const)
      : []),
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

/** Which of two took which arrows, always in sight: else nobody knows what is drawn. */
export function FlowSides({ sides }: { sides: SideNames }) {
  const { t } = usePanel();
  return (
    <dl class="flow-sides">
      {sideRows(sides, t).map(([sign, text]) => (
        <div key={text}>
          <dt>{sign}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function sideRows(sides: SideNames, t: Translate) {
  return [
    [<Line like="flow-by-other" />, takenByText('other', sides, t)],
    [<Line like="flow-by-this" />, takenByText('this', sides, t)],
    [<Box like="flow-notRun flow-only-other" />, ranOnlyInText(sides.other, t)],
    [<Line like="flow-taken" />, t('Taken in both')],
  ] as const;
}

/** A box as the graph draws one in this state. */
function Box({ like }: { like: string }) {
  return (
    <svg class="flow-sample" viewBox="0 0 40 16" aria-hidden="true">
      <g class={like}>
        <rect class="flow-box" x="2" y="2" width="36" height="12" rx="2" />
      </g>
    </svg>
  );
}

/** A line as the graph draws one of this kind. */
function Line({ like }: { like: string }) {
  return (
    <svg class="flow-sample" viewBox="0 0 40 16" aria-hidden="true">
      <path class={`flow-edge ${like}`} d="M2 8H38" />
    </svg>
  );
}
