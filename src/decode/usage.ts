import type { Json, JsonObject } from '../base/json.ts';
import type { TokenUsage } from '../trace/execution.ts';
import { numberOf, objectOf } from './fields.ts';

export const noUsage: TokenUsage = {
  questionTokens: 0,
  promptTokens: 0,
  completionTokens: 0,
  totalTokens: 0,
};

/** Reads token counts written as numbers or as text. */
export function readUsage(usage: JsonObject | undefined): TokenUsage {
  if (usage === undefined) return noUsage;
  const questionTokens = count(usage['question_tokens']);
  const promptTokens = count(usage['prompt_tokens']);
  const completionTokens = count(usage['completion_tokens']);
  const totalTokens = count(usage['total_tokens']);
  // Most have none, and of 50,000 executions each would keep an object that says so.
  const isNone = questionTokens + promptTokens + completionTokens + totalTokens === 0;
  return isNone ? noUsage : { questionTokens, promptTokens, completionTokens, totalTokens };
}

/** Those of an entry. */
export function usageOf(entry: JsonObject): TokenUsage {
  return readUsage(objectOf(objectOf(entry['data'])?.['usage']));
}

export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  if (b === noUsage) return a;
  return {
    questionTokens: a.questionTokens + b.questionTokens,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    totalTokens: a.totalTokens + b.totalTokens,
  };
}

function count(value: Json | undefined): number {
  // Of most nodes there is nothing to count.
  return value === '0' ? 0 : Math.max(0, numberOf(value) ?? 0);
}
