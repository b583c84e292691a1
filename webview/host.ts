import { systemClock } from '../src/base/systemClock.ts';
import { Channel } from '../src/protocol/channel.ts';
import type { EngineEvents } from '../src/protocol/engineProtocol.ts';
import type { PageEngineMethods } from '../src/protocol/pageMethods.ts';
import type { HostEvents, HostMethods } from '../src/protocol/hostProtocol.ts';
import type { Envelope, Packet } from '../src/protocol/packet.ts';

/** What VS Code gives to the page of a webview. */
export interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The two the page talks to, through one `postMessage`. */
export interface Partners {
  readonly host: Channel<HostMethods, object, HostEvents, object>;
  readonly engine: Channel<PageEngineMethods, object, EngineEvents, object>;
}

/** Opens both conversations; errors that nobody waits for go to `onError`. */
export function connectPartners(api: WebviewApi, onError: (error: unknown) => void): Partners {
  // A page that is hidden ends and begins anew from the same HTML, while answers to its questions are still on
  // their way: with the same ids again they would answer the first questions of the next page.
  const prefix = `p${crypto.randomUUID()}.`;
  const options = (partner: Envelope['partner']) => ({
    post: (packet: Packet) => {
      const envelope: Envelope = { partner, packet };
      api.postMessage(envelope);
    },
    clock: systemClock,
    prefix,
    onError,
  });
  const host = new Channel<HostMethods, object, HostEvents, object>(options('host'));
  const engine = new Channel<PageEngineMethods, object, EngineEvents, object>(options('engine'));
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isEnvelope(data)) return;
    (data.partner === 'engine' ? engine : host).receive(data.packet);
  });
  return { host, engine };
}

/** VS Code and browser extensions post messages of their own to every page. */
function isEnvelope(data: unknown): data is Envelope {
  return typeof data === 'object' && data !== null && 'partner' in data && 'packet' in data;
}
