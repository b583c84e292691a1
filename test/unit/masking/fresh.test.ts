import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { shownAt } from '../../support/plantedRecord.ts';
import { corpusPlaces, type CorpusPlace } from '../../support/secretCorpus.ts';

/** One of each kind; none is a word. */
const secrets: Readonly<Record<string, string>> = {
  ...{ s: 'Zt7#kQ!2wP', a: 'h8Kd02mQxZ71', h: '9f3a61c0d27b4e85a1f6c3d9e0b7428d' },
  b: 'Rk9aQ2xvd0p6N1RtYlZzWHhFcUxnSGNJdUp5',
};

interface Notation {
  readonly kind: string;
  readonly text: string;
  readonly parts: readonly string[];
}

function notationsOf(name: string): readonly Notation[] {
  const file = new URL(`../../fixtures/secrets/${name}.txt`, import.meta.url);
  const notations: Notation[] = [];
  let kind = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('== ')) kind = line.slice(3);
    else if (kind !== '' && line !== '') notations.push({ kind, ...filled(line) });
  }
  return notations;
}

function filled(line: string): { readonly text: string; readonly parts: readonly string[] } {
  const parts = new Set<string>();
  const text = line
    .replaceAll('⏎', '\n')
    .replaceAll('§_', ' ')
    .replace(/§([sahb])|⟦([^⟧]+)⟧/g, (_found, mark?: string, given?: string) => {
      const secret = given ?? secrets[mark ?? ''] ?? '';
      parts.add(secret);
      return secret;
    });
  return { text, parts: [...parts] };
}

/** In how many places each notation stands: in all, but for a run that measures what is covered. */
const placeCount = Number(process.env['SECRET_PLACES'] ?? corpusPlaces.length);

/** Others for the next notation, so that each kind stands in all. */
function placesFor(index: number): readonly CorpusPlace[] {
  const { length } = corpusPlaces;
  return corpusPlaces.filter(
    (_, place) => (place + length - (index % length)) % length < placeCount,
  );
}

/** As it stands in a value where it is JSON, and as text anywhere else. */
function valueAt(place: CorpusPlace, text: string): Json {
  if (place !== 'input' && place !== 'output' && place !== 'config') return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

describe.each([
  'fresh',
  'fresh2',
  'fresh3',
  'fresh4',
  'fresh5',
  'fresh6',
  'fresh7',
  'fresh8',
  'fresh9',
  'fresh10',
  'fresh11',
  'fresh12',
  'fresh13',
  'fresh14',
  'fresh15',
  'fresh16',
  'fresh17',
  'fresh18',
  'fresh19',
])('notations of %s.txt', (name) => {
  const kinds = new Map<string, Notation[]>();
  for (const notation of notationsOf(name))
    kinds.set(notation.kind, [...(kinds.get(notation.kind) ?? []), notation]);

  it.each([...kinds])('hide their secrets wherever they stand: %s', (_kind, notations) => {
    const shown = notations.flatMap(({ text, parts }, index) =>
      placesFor(index)
        .filter((place) => {
          const seen = shownAt(place, valueAt(place, text));
          return parts.some((part) => seen.includes(part));
        })
        .map((place) => `${place}: ${text}`),
    );
    expect(shown).toEqual([]);
  });
});
