import { setTimeout as delay } from 'node:timers/promises';

import { ask } from '../../src/protocol/ask.ts';
import type { NumbersQuery } from '../../src/protocol/numbers.ts';
import type { EngineSettings } from '../../src/protocol/settings.ts';
import { untruths } from '../support/knownNumbers.ts';
import type { KnownRecords } from '../support/knownRecords.ts';
import type { EnduredEngine } from './enduredEngine.ts';

/** All that there ever was. */
export const allNumbers: NumbersQuery = {
  ...{ scope: { kind: 'all' }, range: 'all' },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};
/** How long the history may be behind without a change of what it says. */
const patienceMs = 120_000;
const lookMs = 1_000;

/** What an engine is told that has far less memory than there is on the topic: the history has to tell. */
export function truthSettings(folder: string): Partial<EngineSettings> {
  return { storeBytes: 32 * 1024 * 1024, history: { folder, days: 30, megabytes: 200 } };
}

/** What is untrue once the history has all of it, or says nothing new for long. */
export async function untrueOnceSettled(
  engine: EnduredEngine,
  known: KnownRecords,
): Promise<readonly string[]> {
  let last = '';
  let sinceMs = Date.now();
  for (;;) {
    const untrue = await untrueNow(engine, known);
    if (untrue.length === 0 || Date.now() - sinceMs > patienceMs) return untrue;
    const said = untrue.join(' ');
    if (said !== last) sinceMs = Date.now();
    last = said;
    await delay(lookMs);
  }
}

async function untrueNow(engine: EnduredEngine, known: KnownRecords): Promise<readonly string[]> {
  const untrue: string[] = [];
  for (const range of ['all', 'month', 'week'] as const) {
    const told = await ask(engine.client, 'numbers', { ...allNumbers, range });
    for (const text of untruths(told, known)) untrue.push(`${range}: ${text}`);
    const midnight = new Date(told.span.toMs).setHours(0, 0, 0, 0);
    const { today } = told.figures;
    const isToday = known.runs.filter(({ beginMs }) => beginMs >= midnight).length;
    if (today !== isToday) untrue.push(`today: ${String(today)} for ${String(isToday)}`);
    // What was on the week before is what this one is compared with.
    if (range === 'week' && told.base === null) untrue.push('week: compared with nothing');
  }
  return untrue;
}
