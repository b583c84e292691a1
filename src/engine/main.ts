import { dirname, join } from 'node:path';
import { getHeapSpaceStatistics } from 'node:v8';
import { parentPort, resourceLimits } from 'node:worker_threads';
import { HistoryThread } from '../history/historyThread.ts';
import { Channel } from '../protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../protocol/engineProtocol.ts';
import type { Packet } from '../protocol/packet.ts';
import { composeEngine } from './compose.ts';
import { FlowWorker, shared } from './flowWorker.ts';
import { LayoutWorker } from './layoutWorker.ts';
import { systemClock } from '../base/systemClock.ts';

/** The worker thread's beginning: one channel to the host, one engine behind it. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('The engine runs in a worker thread');
  const channel = new Channel<object, EngineMethods, object, EngineEvents>({
    post: (packet) => {
      port.postMessage(packet);
    },
    clock: systemClock,
    prefix: 'e',
    onError: (error) => {
      channel.emit('log', { level: 'error', message: String(error) });
    },
  });
  // A worker's own file stands where a program's does.
  const bundle = (name: string) => join(dirname(process.argv[1] ?? ''), name);
  const engine = composeEngine({
    clock: systemClock,
    emit: (name, payload) => {
      channel.emit(name, payload);
    },
    heap: () => {
      // Of the part that the limit is of: V8's own figures have the young objects in them.
      const old = getHeapSpaceStatistics().filter(({ space_name: name }) => !name.includes('new_'));
      const usedBytes = old.reduce((sum, space) => sum + space.space_used_size, 0);
      return { usedBytes, mostBytes: (resourceLimits.maxOldGenerationSizeMb ?? 0) * 1024 ** 2 };
    },
    // Two: a workspace of thousands is read in half the time where a machine has the cores, as nearly all have.
    flowParser: shared([0, 1].map(() => new FlowWorker(bundle('flow.js'), systemClock))),
    layouter: new LayoutWorker(bundle('layout.js'), systemClock),
    startHistory: (place, listener) =>
      new HistoryThread(place, {
        ...{ bundle: bundle('history.js'), clock: systemClock },
        ...listener,
      }),
  });
  channel.handle(engine.handlers);
  port.on('message', (packet: Packet | 'close') => {
    if (packet !== 'close') {
      channel.receive(packet);
      return;
    }
    void engine.close().finally(() => {
      port.postMessage('closed');
      port.close();
    });
  });
  // What ends the engine before this kept it from being loaded.
  port.postMessage('listening');
}

main();
