import { composeEngine } from '../../src/engine/compose.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import type { StartWorker } from '../../src/host/engineWorker.ts';
import { Channel } from '../../src/protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../../src/protocol/engineProtocol.ts';

/** The real engine as the host starts it, in the thread of the test. `onStart`: for tests that end one. */
export function composedWorker(onStart: (exit: () => void) => void = () => undefined): StartWorker {
  return (listener) => {
    const channel = new Channel<object, EngineMethods, object, EngineEvents>({
      post: (packet) => {
        // As between threads: nothing is answered within the question.
        setImmediate(() => {
          listener.onMessage(packet);
        });
      },
      clock: systemClock,
      prefix: 'e',
      onError: (error) => {
        throw error;
      },
    });
    const engine = composeEngine({
      clock: systemClock,
      emit: (name, payload) => {
        channel.emit(name, payload);
      },
    });
    channel.handle(engine.handlers);
    const end = async () => {
      await engine.close();
      listener.onExit(0);
    };
    onStart(() => {
      listener.onExit(1);
    });
    return {
      post: (message) => {
        if (message === 'close') void end();
        else channel.receive(structuredClone(message));
      },
      terminate: () => Promise.resolve(),
    };
  };
}
