import type { Json } from '../base/json.ts';
import type { ExecutionData, NamedValue, NodeData } from '../trace/execution.ts';
import type { Tried } from './attempts.ts';
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
  tried: Tried | null = null,
): readonly Named[] {
  if (data === undefined) return [];
  const rounds = namedValues(data[section]);
  const values = tried === null ? rounds : rounds.map((named) => lastOf(named, tried));
  const { llmOutput } = data;
  if (section !== 'output' || llmOutput === '' || values.length > 0) return values;
  const index = data.output.length;
  return [{ ...{ name: 'llm_output', index }, ...single(llmOutput, index) }];
}

/** What was given or gave in the attempts that count. */
function lastOf(named: Named, { rounds: count, last }: Tried): Named {
  const { name, index, rounds, places } = named;
  if (count === 1) {
    const place = places.at(-1) ?? index;
    return { name, index: place, ...single(rounds.at(-1) ?? null, place) };
  }
  // Attempts that failed gave nothing: what there is, is of as many rounds.
  if (rounds.length - 1 !== last.at(-1)) return named;
  return {
    ...{ name, index: places[last[0] ?? 0] ?? index, isRounds: named.isRounds },
    rounds: last.map((entry) => rounds[entry] ?? null),
    places: last.map((entry) => places[entry] ?? index),
  };
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
