import { useEffect, useRef, useState } from 'preact/hooks';
import { systemClock } from '../src/base/systemClock.ts';
import { sentences } from '../src/texts/sentences.ts';
import { formatCount } from '../src/texts/format.ts';
import { faultText, progressText } from '../src/texts/queryTexts.ts';
import { Announcer, type Pace } from './announcer.ts';
import { lagOf, shareRead, sourceWords } from './header/sourceStatus.tsx';
import { type Panel, usePanel } from './panelContext.ts';

/** A change of state is said at once. */
const atOnce: Pace = { everyMs: 0 };
/** Behind a pause of typing, for each letter gives another count. */
const settled: Pace = { everyMs: 0, settledMs: 1_000 };
/** What goes on by itself must not talk over what is read. */
const nowAndThen: Pace = { everyMs: 15_000 };

/** Two changes at once are both read. */
const keptLines = 4;

/** What a screen reader is told of what changes by itself: one region for all, so that nothing is said twice. */
export function Announcements() {
  const panel = usePanel();
  const [lines, setLines] = useState<readonly { readonly n: number; readonly text: string }[]>([]);
  const announcer = useRef<Announcer>(null);
  announcer.current ??= new Announcer(systemClock, (text) => {
    setLines((before) => [...before, { n: (before.at(-1)?.n ?? 0) + 1, text }].slice(-keptLines));
  });
  const news = newsOf(panel);
  useEffect(() => {
    for (const [topic, text, pace] of news) announcer.current?.tell(topic, text, pace);
  });
  return (
    <div class="sr-only announcements" role="status" aria-atomic="false" aria-relevant="additions">
      {lines.map(({ n, text }) => (
        <p key={n}>{text}</p>
      ))}
    </div>
  );
}

function newsOf(panel: Panel): readonly (readonly [topic: string, text: string, pace: Pace])[] {
  const { state, t } = panel;
  const status = state.status.value;
  const count = (value: number) => formatCount(value, state.language);
  const isThere = status !== null && state.engineLost.value === null;
  const lag = isThere ? lagOf(status) : 0;
  const list = state.list.value;
  const search = list?.search ?? null;
  const newer = list?.newer ?? 0;
  const { faults } = state.filterFaults.value;
  return [
    ['source', sourceWords(state, t), atOnce],
    ['share', (isThere ? shareRead(status) : null) ?? '', nowAndThen],
    ['lag', lag === 0 ? '' : t('lag {0}', count(lag)), nowAndThen],
    ['search', search === null ? '' : progressText(search, count, t), nowAndThen],
    ['newer', newer === 0 ? '' : t('{0} newer', count(newer)), nowAndThen],
    ['faults', sentences(faults.map((fault) => faultText(fault, t))), settled],
    ['found', found(panel), settled],
  ];
}

/** How many executions the filter leaves. */
function found({ state, t }: Panel): string {
  const list = state.list.value;
  const filter = state.choices.value.filter.trim();
  if (list === null || filter === '' || list.query.filter !== filter) return '';
  if (list.total === 0) return t('No executions match “{0}”.', filter);
  return list.total === 1
    ? t('1 execution matches the filter.')
    : t('{0} executions match the filter.', formatCount(list.total, state.language));
}
