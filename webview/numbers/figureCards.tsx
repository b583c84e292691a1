import type { ShownFigure } from '../../src/view/numberFigures.ts';
import { Icon } from '../controls/icon.tsx';
import { Known } from '../controls/known.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { usePanel } from '../panelContext.ts';
import { Sparkline } from './sparkline.tsx';

/** The six key figures: each a way to the executions behind it, and with what it means where it is pointed at. */
export function FigureCards({ figures }: { figures: readonly ShownFigure[] }) {
  const { t } = usePanel();
  return (
    <Toolbar class="figure-cards" label={t('Key figures')}>
      {figures.map((figure) => (
        <FigureCard key={figure.id} figure={figure} />
      ))}
    </Toolbar>
  );
}

const trendIcons = { up: 'arrow-up', down: 'arrow-down', same: 'dash' } as const;

function FigureCard({ figure }: { figure: ShownFigure }) {
  const { session, t } = usePanel();
  const { id, name, value, unit, definition, change, trend, spark, filter } = figure;
  return (
    <div class={`figure-card ${id}`}>
      <button
        type="button"
        class="figure-button"
        aria-disabled={filter === null}
        aria-describedby={`figure-${id}`}
        onClick={() => {
          if (filter !== null) session.showBehind(filter);
        }}
      >
        <span class="figure-card-name">{name}</span>
        <span class="figure-card-value">
          {value === null ? (
            <span class="figure-unknown">{t('not reported')}</span>
          ) : (
            <>
              <Known text={value} />
              {/* For who hears it: two words. */}
              {unit !== '' && ' '}
              {unit !== '' && <span class="figure-unit">{unit}</span>}
            </>
          )}
        </span>
        <span class="figure-change">
          {trend !== null && <Icon name={trendIcons[trend]} />}
          {change}
        </span>
        <Sparkline values={spark} />
      </button>
      <div class="figure-definition" role="tooltip" id={`figure-${id}`}>
        {definition}
        {filter !== null && (
          <span class="figure-way"> {t('Select it to see the executions.')}</span>
        )}
      </div>
    </div>
  );
}
