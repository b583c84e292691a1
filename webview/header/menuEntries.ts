import type { HostMethods } from '../../src/protocol/hostProtocol.ts';
import { formatClock, formatCount } from '../../src/texts/format.ts';
import { executionName } from '../../src/texts/titles.ts';
import type { Translate } from '../../src/texts/translate.ts';
import type { MenuEntry } from '../controls/menu.tsx';
import type { Panel } from '../panelContext.ts';
import { inspectedStep, saveExecution, saveShown, saveTraceFile } from '../saving.ts';
import { waysToSources } from '../sourceTable.tsx';

type HandOn = HostMethods['handOn']['params']['command'];

/** What the menu of the panel offers, by what there is. */
export function menuEntries(panel: Panel): MenuEntry[] {
  const { state, session, t } = panel;
  const rejected = state.status.value?.rejected ?? 0;
  return [
    ...(state.isTraceFile ? [] : sourceEntries(panel)),
    ...saveEntries(panel),
    ...handOnEntries(panel),
    ...newPanelEntry(panel),
    {
      icon: 'warning',
      label: t('Rejected Records ({0})', formatCount(rejected, state.language)),
      line: true,
      run: () => {
        state.view.value = 'rejected';
      },
    },
    {
      icon: 'pulse',
      label: t('Health'),
      run: () => {
        state.view.value = 'health';
      },
    },
    {
      icon: 'settings-gear',
      label: t('Settings'),
      line: true,
      run: () => session.tell('openSettings', { setting: 'rpaTrace' }),
    },
    { icon: 'output', label: t('Show Log'), run: () => session.tell('showLog', null) },
    {
      icon: 'book',
      label: t('Getting Started'),
      run: () => session.tell('openExternalHelp', { topic: 'gettingStarted' }),
    },
  ];
}

/** The ways to other sources, and away from this one. */
function sourceEntries(panel: Panel): MenuEntry[] {
  const { state, session, t } = panel;
  const isOpen = (state.status.value?.state.kind ?? 'idle') !== 'idle';
  return [
    {
      icon: 'arrow-swap',
      label: t('Switch Source…'),
      run: () => session.tell('switchSource', null),
    },
    ...waysToSources.map(({ way, begin }) => ({
      icon: way.icon,
      label: t(way.label),
      run: () => {
        begin(panel);
      },
    })),
    ...(isOpen
      ? [
          {
            icon: 'debug-disconnect',
            label: t('Disconnect'),
            run: () => {
              session.sources.disconnect();
            },
          },
        ]
      : []),
  ];
}

/** Nothing to save, no entry. */
function saveEntries({ state, session, t }: Panel): MenuEntry[] {
  const { selected } = state.choices.value;
  const count = state.list.value?.total ?? 0;
  return [
    ...(count > 0
      ? [
          {
            icon: 'save-all',
            label: t('Save Executions ({0})…', formatCount(count, state.language)),
            line: true,
            run: () => saveShown(session, state),
          },
        ]
      : []),
    ...(selected !== null && state.tree.value !== null
      ? [
          {
            icon: 'save',
            label: t('Save This Execution…'),
            run: () => saveExecution(session, selected),
          },
          {
            icon: 'package',
            label: t('Save as Trace File…'),
            run: () => saveTraceFile(session, state, selected),
          },
        ]
      : []),
  ];
}

/** To hand on what is opened, and the step of it that is looked at. */
function handOnEntries({ state, session, t }: Panel): MenuEntry[] {
  const { selected: key } = state.choices.value;
  if (key === null || state.tree.value === null) return [];
  const step = inspectedStep(state);
  const entry = (command: HandOn, icon: string, label: string): MenuEntry => ({
    ...{ icon, label },
    run: () => {
      session.tell('handOn', { command, key, step });
    },
  });
  return [
    ...(step === null ? [] : [entry('saveFixture', 'beaker', t('Save Step as Test Fixture'))]),
    ...(state.hasLinks.value ? [{ ...entry('copyLink', 'link', t('Copy Link')), line: true }] : []),
    {
      ...entry('copyReport', 'markdown', t('Copy Report as Markdown')),
      line: !state.hasLinks.value,
    },
  ];
}

function newPanelEntry({ state, session, t }: Panel): MenuEntry[] {
  const { selected: key } = state.choices.value;
  if (key === null || state.tree.value === null || state.isTraceFile) return [];
  return [
    {
      icon: 'empty-window',
      label: t('Open This Execution in New Panel'),
      line: true,
      run: () => {
        session.tell('openInNewPanel', { key, name: titleOf(state, t) });
      },
    },
  ];
}

/** What stands on a panel of its own: the flow and when it ran, for several of one flow stand side by side. */
function titleOf({ tree, language }: Panel['state'], t: Translate): string {
  const window = tree.value;
  if (window === null) return '';
  const name = executionName({ ...window.summary, name: window.name }, t);
  return `${name} ${formatClock(window.summary.beginMs, language, Date.now())}`;
}
