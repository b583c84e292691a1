import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { KafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { Unavailable } from '../support/unavailable.ts';

/** A broker that other files use at the same time: each has topics of its own, and none may stop it. */
export type SharedBroker = Pick<KafkaBroker, 'brokers' | 'dataDir'>;

/** What `sharedBroker.ts` says to who asks for it. */
export type BrokerAnswer =
  | { readonly kind: 'started'; readonly broker: SharedBroker }
  | { readonly kind: 'unavailable' | 'failed'; readonly why: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** Where it is asked for. */
    readonly brokerOfAll: string;
  }
}

/** The broker that this file shares with others; as with one of its own, tests are skipped where there is none. */
export function brokerOfAll(): () => SharedBroker {
  return required(ask, () => Promise.resolve());
}

async function ask(): Promise<SharedBroker> {
  // Not `fetch`, which waits five minutes: the first on a machine downloads a Kafka.
  const [response] = (await once(get(inject('brokerOfAll')), 'response')) as [IncomingMessage];
  const answer = JSON.parse(await text(response)) as BrokerAnswer;
  if (answer.kind === 'started') return answer.broker;
  throw answer.kind === 'failed' ? new Error(answer.why) : new Unavailable(answer.why);
}
