import type { Json } from '../base/json.ts';
import type { InspectorContent } from '../protocol/inspector.ts';
import type { NamedValue } from '../trace/execution.ts';

/** What a step got as JSON, masked as it is shown. */
export function inputText(content: InspectorContent): string {
  if (content.kind === 'node') return asJson(content.data.input);
  return content.kind === 'execution' ? asText(content.data.question.value) : '';
}

/** What a step gave as JSON, masked as it is shown. */
export function outputText(content: InspectorContent): string {
  if (content.kind === 'execution') return asText(content.data.answer.value);
  if (content.kind === 'notRun') return '';
  const { output, llmOutput } = content.data;
  return asJson(llmOutput === '' ? output : [...output, { name: 'llm_output', value: llmOutput }]);
}

/** By their names; values of one name, such as those of the rounds of an iteration, as a list. */
export function valuesByName(
  values: readonly Pick<NamedValue, 'name' | 'value'>[],
): Readonly<Record<string, Json>> {
  const byName = new Map<string, Json[]>();
  for (const { name, value } of values) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [value]);
    else known.push(value);
  }
  const fields = [...byName].map(([name, all]): readonly [string, Json] => {
    const [only = null] = all;
    return [name, all.length === 1 ? only : all];
  });
  return Object.fromEntries(fields);
}

function asJson(values: readonly Pick<NamedValue, 'name' | 'value'>[]): string {
  return JSON.stringify(valuesByName(values), null, 2);
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
