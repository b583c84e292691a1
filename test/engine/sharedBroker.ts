/** For vitest's `globalSetup`: the broker of all files that end none, started when the first of them asks for it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startKafkaBroker, type KafkaBroker } from '../support/kafkaBroker.ts';
import { Unavailable } from '../support/unavailable.ts';
import type { BrokerAnswer } from './brokerOfAll.ts';

/** It belongs to the process of the whole run: those of the files end with each of them. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let started: Promise<KafkaBroker> | undefined;
  const answer = async (): Promise<BrokerAnswer> => {
    try {
      const { brokers, dataDir } = await (started ??= startKafkaBroker());
      return { kind: 'started', broker: { brokers, dataDir } };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { kind: error instanceof Unavailable ? 'unavailable' : 'failed', why };
    }
  };
  const server = createServer((_request, response) => {
    void answer().then((text) => response.end(JSON.stringify(text)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  provide('brokerOfAll', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  return async () => {
    server.close();
    await (await started?.catch(() => undefined))?.stop();
  };
}
