import type { Json, JsonObject } from '../../src/base/json.ts';

/** What a node of a made-up run does. */
export interface Step {
  /** Its id; the type stands before `::`. */
  readonly id: string;
  readonly name: string;
  readonly input?: JsonObject;
  readonly output?: JsonObject;
  readonly config?: JsonObject;
  /** How long it takes. */
  readonly ms?: number;
  /** It failed with this error. */
  readonly error?: string;
  /** What it logged, each as `LEVEL message`. */
  readonly logs?: readonly string[];
  /** It is marked as failed, whatever followed. */
  readonly isBad?: boolean;
  /** How often it was entered. */
  readonly count?: number;
  /** What it was given in each of its entries, where the services keep all of it. */
  readonly inputs?: readonly JsonObject[];
  readonly outputs?: readonly JsonObject[];
  readonly tokens?: number;
  /** The item of a parallel iteration, and the node of that. */
  readonly round?: number;
  readonly parent?: string;
  /** Ids of the nodes that may follow; the step behind it where nothing is said. */
  readonly next?: readonly string[];
  /** When it begins, from the begin of the run; behind the step before it where nothing is said. */
  readonly at?: number;
}

/** A made-up run of a flow. */
export interface Story {
  /** Which run of the flow it is: ids, times and sid follow. */
  readonly n: number;
  readonly steps: readonly Step[];
  readonly question?: JsonObject;
  readonly answer?: JsonObject;
  readonly flowId?: string;
  readonly version?: string;
  /** What its service says of itself and the record. */
  readonly srv?: JsonObject;
  readonly code?: number;
  readonly message?: string;
  /** How the services wrote: as in 2025, or as in 2026 with lists of texts. */
  readonly generation?: 'g1' | 'g3';
}

/** When the run `0` begins; each other one a day later. */
export const storyBeginMs = Date.UTC(2026, 10, 2, 8, 30);
const dayMs = 86_400_000;

/** The sid of a run. */
export function storySid(n: number): string {
  return `spf${String(n).padStart(8, '0')}@hf1a2094e57960009782`;
}

/** A UUID of its own for each run and name. */
export function storyId(n: number, name: string): string {
  const digits = hex(`${name} ${String(n)}`).repeat(4);
  return [8, 4, 4, 4, 12]
    .reduce<{ rest: string; parts: string[] }>(
      ({ rest, parts }, length) => ({
        rest: rest.slice(length),
        parts: [...parts, rest.slice(0, length)],
      }),
      { rest: digits, parts: [] },
    )
    .parts.join('-');
}

/** The record of a run as its service would write it. */
export function storyRecord(story: Story): string {
  const { n, steps, question = {}, answer = {}, flowId = '7379450201923928066' } = story;
  const sid = storySid(n);
  const beginMs = storyBeginMs + n * dayMs;
  let at = beginMs;
  const trace = steps.flatMap((step, index) => {
    const { ms = 100, count = 1 } = step;
    const start = step.at === undefined ? at : beginMs + step.at;
    at = Math.max(at, start + ms);
    const entry = entryOf(step, index, story, start);
    return Array.from({ length: count }, () => entry);
  });
  const hasFailed = (story.code ?? 0) !== 0;
  return JSON.stringify({
    ...{ service_id: flowId, flow_id: flowId, sid, app_id: 'a1b2c3d4', uid: '1001' },
    ...{ sub: 'workflow', caller: 'workflow', log_caller: 'chat_sse' },
    question: JSON.stringify(question),
    answer: hasFailed || Object.keys(answer).length === 0 ? '' : JSON.stringify(answer),
    ...{ start_time: beginMs, end_time: at, duration: at - beginMs },
    srv: { workflow_version: story.version ?? 'v1.2', ...story.srv },
    status: { code: story.code ?? 0, message: story.message ?? '' },
    ...{ usage: {}, version: 'v2.0.0', trace },
  });
}

function entryOf(
  step: Step,
  index: number,
  { n, steps, generation }: Story,
  start: number,
): JsonObject {
  const { id, name, ms = 100, error, round, parent, tokens = 0 } = step;
  const logId = (place: number) => storyId(n, `log ${String(place)}`).replaceAll('-', '');
  // What didn't run has an id all the same: all that may follow is named.
  const next = (step.next ?? [steps[index + 1]?.id ?? '']).map((wanted) => {
    const place = steps.findIndex((other, at) => at > index && other.id === wanted);
    return place === -1 ? storyId(n, `log of ${wanted}`).replaceAll('-', '') : logId(place);
  });
  const isBad = step.isBad === true || error !== undefined;
  const inner =
    round === undefined ? {} : { iteration_index: round, parent_iteration_node_id: parent ?? '' };
  return {
    id: logId(index),
    sid: round === undefined ? storySid(n) : `${storySid(n)}-${String(round)}`,
    ...{ node_id: id, node_type: 'node', node_name: name },
    ...{ func_id: id, func_type: 'node', func_name: name },
    next_log_ids: step.next === undefined && index + 1 === steps.length ? [] : next,
    ...{ start_time: start, end_time: start + ms, duration: ms },
    ...{ llm_output: '', running_status: !isBad },
    data: {
      ...dataOf(step, generation),
      config: { ...configOf(step, generation), ...inner },
      usage: {
        question_tokens: 0,
        prompt_tokens: tokens,
        completion_tokens: 0,
        total_tokens: tokens,
      },
    },
    logs: [...(step.logs ?? []), ...(error === undefined ? [] : [`ERROR ${error}`])].map((line) => {
      const [level = ''] = line.split(' ', 1);
      const message = line.slice(level.length + 1);
      return JSON.stringify({ level, message, time: logTime(start) });
    }),
  };
}

function dataOf(step: Step, generation: Story['generation']): JsonObject {
  const { input = {}, output = {}, inputs = [input], outputs = [output] } = step;
  if (generation === 'g3') {
    const list = (values: JsonObject) =>
      Object.entries(values).map(([name, value]) =>
        JSON.stringify({ name, value: pythonText(value) }),
      );
    return {
      input: {},
      output: {},
      input_vars: inputs.flatMap(list),
      output_vars: outputs.flatMap(list),
    };
  }
  const texts = (values: JsonObject) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainText(value)]));
  return { input: texts(input), output: texts(output) };
}

/** The newer services write each leaf as text, and all that the node's object holds. */
function configOf(
  { config = {}, input = {}, output = {} }: Step,
  generation: Story['generation'],
): JsonObject {
  if (generation !== 'g3') return config;
  return {
    ...Object.fromEntries(Object.entries(config).map(([name, value]) => [name, pythonText(value)])),
    input_identifier: JSON.stringify(Object.keys(input)),
    output_identifier: JSON.stringify(Object.keys(output)),
  };
}

/** Of a value that is a number in JSON a record keeps the number within lists and objects alone. */
function plainText(value: Json): Json {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value ?? 'None';
}

function pythonText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  const part = (inner: Json): string =>
    typeof inner === 'string' ? `'${inner}'` : pythonText(inner);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(part).join(', ')}]`;
  const fields = Object.entries(value).map(([name, inner]) => `'${name}': ${part(inner)}`);
  return `{${fields.join(', ')}}`;
}

function logTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Eight hexadecimal digits, one of them a letter and one a digit for sure. */
function hex(text: string): string {
  let value = 0x811c9dc5;
  for (const sign of text) value = Math.imul(value ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return `${(value >>> 0).toString(16).padStart(8, '0').slice(0, 6)}a1`;
}
