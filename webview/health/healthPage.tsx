import { useEffect, useState } from 'preact/hooks';
import type { Health } from '../../src/protocol/health.ts';
import { formatCount } from '../../src/texts/format.ts';
import { type HealthLine, healthSections } from '../../src/texts/healthTexts.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { SubPage } from '../controls/subPage.tsx';
import { usePanel } from '../panelContext.ts';
import './health.css';

/** How the way from the source to the screen is: what comes, how far it is behind, what it takes, and what to do. */
export function HealthPage() {
  const { state, t } = usePanel();
  const health = useHealth();
  const world = { t, language: state.language, nowMs: Date.now() };
  const sections = health === null ? [] : healthSections(health, world);
  return (
    <SubPage title={t('Health')}>
      {sections.map(({ title, lines }) => (
        <section key={title} class="health-section">
          <h2>{title}</h2>
          <dl class="health-lines">
            {lines.map((line) => (
              <Line key={line.name} line={line} />
            ))}
          </dl>
        </section>
      ))}
      {health !== null && health.partitions.length > 1 && <Partitions health={health} />}
    </SubPage>
  );
}

const icons = { ok: 'pass', warning: 'warning' } as const;

function Line({ line: { name, value, note, level, setting } }: { line: HealthLine }) {
  const { session, t } = usePanel();
  return (
    <div class={`health-line health-${level}`}>
      <dt>
        {level === 'fact' ? <span class="health-no-icon" /> : <Icon name={icons[level]} />}
        {name}
      </dt>
      <dd class="health-value">{value}</dd>
      <dd class="health-note">{note}</dd>
      <dd class="health-action">
        {setting !== undefined && (
          <IconButton
            icon="settings-gear"
            label={t('Setting of “{0}”', name)}
            onClick={() => session.tell('openSettings', { setting })}
          />
        )}
      </dd>
    </div>
  );
}

function Partitions({ health: { partitions, partitionCount } }: { health: Health }) {
  const { state, t } = usePanel();
  const more = partitionCount - partitions.length;
  return (
    <section class="health-section">
      <h2 id="health-partitions">{t('Partitions')}</h2>
      <table class="health-partitions" aria-labelledby="health-partitions">
        <thead>
          <tr>
            <th scope="col">{t('Partition')}</th>
            <th scope="col">{t('Next offset')}</th>
            <th scope="col">{t('Lag')}</th>
          </tr>
        </thead>
        <tbody>
          {partitions.map(({ partition, next, lag }) => (
            <tr key={partition}>
              <th scope="row">{partition}</th>
              <td>{next}</td>
              <td>{formatCount(lag, state.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <p class="page-note">
          {more === 1
            ? t('1 more partition is less far behind.')
            : t('{0} more partitions are less far behind.', formatCount(more, state.language))}
        </p>
      )}
    </section>
  );
}

/** As the engine tells it, while the page is seen; asked for again by each engine. */
function useHealth(): Health | null {
  const { state, session } = usePanel();
  const [health, setHealth] = useState<Health | null>(null);
  const isLost = state.engineLost.value !== null;
  useEffect(() => (isLost ? undefined : session.health.watch(setHealth)), [isLost]);
  return health;
}
