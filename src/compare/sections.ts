import type { Json } from '../base/json.ts';
import type { ExecutionData, NamedValue, NodeData } from '../trace/execution.ts';
import type { Named, Section } from './comparedRun.ts';

/** The values of a section, each variable with its rounds. */
export function namedValues(values: readonly NamedValue[]): readonly Named[] {
  const named = new Map<string, { rounds: Json[]; places: number[]; isRounds: boolean }>();
  values.forEach(({ name, value, round }, index) => {
    const known = named.get(name);
    if (known === undefined) {
      named.set(name, { rounds: [value], places: [index], isRounds: round !== null });
      return;
    }
    known.rounds.push(value);
    known.places.push(index);
    known.isRounds = true;
  });
  return [...named].map(([name, parts]) => ({ name, index: parts.places[0] ?? 0, ...parts }));
}

/**
 * What a node got, gave or was set to; what a model wrote stands behind what the node gave, unless it is the same. Of
 * attempts the last one tells: each got the same, and how many there were is told elsewhere.
 */
export function sectionOf(
  data: NodeData | undefined,
  section: Section,
  areAttempts = false,
): readonly Named[] {
  if (data === undefined) return [];
  const rounds = namedValues(data[section]);
  const values = areAttempts ? rounds.map(lastRound) : rounds;
  const { llmOutput } = data;
  if (section !== 'output' || llmOutput === '' || values.length > 0) return values;
  const index = data.output.length;
  return [{ ...{ name: 'llm_output', index }, ...single(llmOutput, index) }];
}

function lastRound({ name, index, rounds, places }: Named): Named {
  const place = places.at(-1) ?? index;
  return { name, index: place, ...single(rounds.at(-1) ?? null, place) };
}

/** What started an execution, and what it gave. */
export function ownSectionOf(
  data: ExecutionData | undefined,
  section: 'input' | 'output',
): readonly Named[] {
  const value = section === 'input' ? data?.question : data?.answer;
  if (value === undefined || value.value === '') return [];
  return [{ ...{ name: value.name, index: 0 }, ...single(value.value, 0) }];
}

function single(value: Json, index: number): Pick<Named, 'rounds' | 'places' | 'isRounds'> {
  return { rounds: [value], places: [index], isRounds: false };
}
