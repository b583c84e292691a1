import type { Memento } from 'vscode';
import { expect, test } from 'vitest';
import {
  holdsTheSame,
  isSame,
  liveSource,
  RecentSources,
  type Remembered,
} from '../../../src/host/recentSources.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { StartPosition } from '../../../src/sources/kafka/spec.ts';
import { aSeed } from '../../webview/panelData.ts';

function aMemento(kept: Record<string, unknown> = {}): Memento {
  return {
    keys: () => Object.keys(kept),
    get: (key: string, fallback?: unknown) => kept[key] ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(void (kept[key] = value)),
  } as Memento;
}

const file = (name: string): Remembered => ({ kind: 'files', paths: [`/traces/${name}`] });
const kafka = (topic: string): Remembered => ({
  kind: 'kafka',
  form: { ...aSeed().connection, topic },
});

test('the source read last comes first, each once, and only so many', async () => {
  const sources = new RecentSources(aMemento());
  for (const source of [kafka('a'), file('1'), kafka('b'), kafka('a')]) {
    await sources.remember(source);
  }
  expect(sources.all).toEqual([kafka('a'), kafka('b'), file('1')]);
  expect(sources.last).toEqual(kafka('a'));
  for (let n = 2; n < 20; n++) await sources.remember(file(String(n)));
  expect(sources.all).toHaveLength(8);
  expect(sources.all[0]).toEqual(file('19'));
});

test.each<[string, Remembered[], Remembered | undefined]>([
  ['the topic', [kafka('a')], kafka('a')],
  ['the sample robot', [{ kind: 'sample' }], { kind: 'sample' }],
  ['the live source read last', [kafka('a'), kafka('b'), file('x')], kafka('b')],
  ['nothing where there was none', [file('x')], undefined],
])('files never push out %s', async (_, before, live) => {
  const sources = new RecentSources(aMemento());
  for (const source of before) await sources.remember(source);
  for (let n = 0; n < 30; n++) {
    await sources.remember(file(String(n)));
    expect(sources.all.find(({ kind }) => kind !== 'files')).toEqual(live);
  }
  expect(sources.all).toHaveLength(8);
  expect(sources.all.slice(0, 7)).toEqual([29, 28, 27, 26, 25, 24, 23].map((n) => file(String(n))));
});

test('disconnecting leaves nothing to go on with, and the sources', async () => {
  const sources = new RecentSources(aMemento());
  await sources.remember({ kind: 'sample' });
  await sources.remember(undefined);
  expect(sources.last).toBeUndefined();
  expect(sources.all).toEqual([{ kind: 'sample' }]);
});

test('what an older version kept is gone on with', () => {
  const sources = new RecentSources(aMemento({ source: { kind: 'kafka' } }));
  expect(sources.last).toEqual({ kind: 'kafka' });
  expect(sources.all).toEqual([]);
});

test('what a later version kept, and this one can’t open, is left out', async () => {
  const later = { kind: 'collector', endpoint: 'http://c' };
  // Of what was dropped nothing is kept.
  const kept = { source: later, recentSources: [later, file('1'), { kind: 'contents' }] };
  const sources = new RecentSources(aMemento(kept));
  expect(sources.last).toBeUndefined();
  expect(sources.all).toEqual([file('1')]);
  await sources.remember(kafka('a'));
  expect(sources.all).toEqual([kafka('a'), file('1')]);
});

test('the same topic is the same source, however it is read', () => {
  const other = kafka('a');
  if (other.kind !== 'kafka' || other.form === undefined) throw new Error();
  const latest: Remembered = { ...other, form: { ...other.form, start: { kind: 'latest' } } };
  expect(isSame(kafka('a'), latest)).toBe(true);
  expect(isSame(kafka('a'), kafka('b'))).toBe(false);
  expect(isSame(file('1'), file('1'))).toBe(true);
});

test('the way back leads to live sources alone', () => {
  expect(liveSource(kafka('orders'))).toEqual({ kind: 'kafka', name: 'orders' });
  expect(liveSource({ kind: 'sample' })).toEqual({ kind: 'sample', name: '' });
  expect(liveSource(file('1'))).toBeNull();
  expect(liveSource(undefined)).toBeNull();
});

const topic = (name: string, start: StartPosition, broker = 'a:9092'): SourceSpec => ({
  kind: 'kafka',
  connection: {
    ...{ brokers: [broker], clientId: '' },
    tls: { enabled: false, rejectUnauthorized: true },
  },
  ...{ topic: name, start },
});
const dropped: SourceSpec = { kind: 'contents', files: [] };
const played: SourceSpec = { kind: 'sample' };

test.each<[string, SourceSpec, SourceSpec | undefined, boolean]>([
  [
    'a topic that is read from elsewhere',
    topic('t', { kind: 'latest' }),
    topic('t', { kind: 'earliest' }),
    true,
  ],
  ['another topic', topic('t', { kind: 'latest' }), topic('u', { kind: 'latest' }), false],
  [
    'another cluster',
    topic('t', { kind: 'latest' }),
    topic('t', { kind: 'latest' }, 'b:9092'),
    false,
  ],
  ['files read again', { kind: 'files', paths: ['/a'] }, { kind: 'files', paths: ['/a'] }, true],
  ['other files', { kind: 'files', paths: ['/a'] }, { kind: 'files', paths: ['/b'] }, false],
  ['dropped files read again', dropped, { ...dropped }, true],
  ['others that were dropped', dropped, { kind: 'contents', files: [] }, false],
  ['the sample robot as it plays', played, played, true],
  ['the sample robot that plays anew', played, { ...played }, false],
  ['another kind', played, dropped, false],
  ['nothing', played, undefined, false],
])('whether a failure is found again in %s', (_, before, now, isFound) => {
  expect(holdsTheSame(before, now)).toBe(isFound);
});
