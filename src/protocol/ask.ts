import type { Caller } from './channel.ts';
import type { EngineMethods } from './engineProtocol.ts';
import { RequestError } from './packet.ts';
import type { EngineQuestions } from './questions.ts';
import type { Answered } from './subscriptions.ts';

/** Asks a question once. Throws a `RequestError` with the reason where there is no answer. */
export async function ask<K extends keyof EngineQuestions>(
  engine: Caller<EngineMethods>,
  kind: K,
  query: EngineQuestions[K]['query'],
): Promise<EngineQuestions[K]['answer']> {
  const answered = await engine.call('ask', { kind, query } as EngineMethods['ask']['params']);
  return answerOf(kind, answered);
}

/** The answer to a question of that kind; throws a `RequestError` with the reason where there is none. */
export function answerOf<K extends keyof EngineQuestions>(
  _kind: K,
  { result }: Answered<EngineQuestions>,
): EngineQuestions[K]['answer'] {
  if (result.ok) return result.answer;
  throw new RequestError(result.failure);
}
