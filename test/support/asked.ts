import { answerOf } from '../../src/protocol/ask.ts';
import type { Handlers } from '../../src/protocol/channel.ts';
import type { EngineMethods } from '../../src/protocol/engineProtocol.ts';
import type { EngineQuestions } from '../../src/protocol/questions.ts';

/** Asks the handlers of an engine once; throws where there is no answer. */
export async function asked<K extends keyof EngineQuestions>(
  handlers: Handlers<EngineMethods>,
  kind: K,
  query: EngineQuestions[K]['query'],
): Promise<EngineQuestions[K]['answer']> {
  return answerOf(kind, await handlers.ask({ kind, query } as EngineMethods['ask']['params']));
}
