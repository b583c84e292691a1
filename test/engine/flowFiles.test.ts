/** Flow files in the engine that is shipped, which reads them in a thread of their own. */
import { afterEach, expect, test } from 'vitest';

import type { EngineClient } from '../../src/host/engineClient.ts';
import { largeFlow } from '../support/largeFlow.ts';
import { engineInWorker } from './engineWorld.ts';
import { ask } from '../../src/protocol/ask.ts';

const engines: EngineClient[] = [];

afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

test('a flow file of megabytes is read while others are answered', async () => {
  const engine = engineInWorker();
  engines.push(engine);
  engine.start();
  const answered: string[] = [];
  const flow = engine
    .call('setFlow', { uri: 'file:///w/a.yaml', fileName: 'a.yaml', text: largeFlow(300) })
    .then((info) => {
      answered.push('flow');
      return info;
    });
  for (let turn = 0; turn < 3; turn++) {
    await ask(engine, 'status', null);
    answered.push('status');
  }
  expect(answered).toStrictEqual(['status', 'status', 'status']);
  expect(await flow).toMatchObject({ kind: 'flow', format: 'astronYaml', nodeCount: 1_800 });
});
