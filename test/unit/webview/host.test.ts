import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { EngineClient } from '../../../src/host/engineClient.ts';
import type { WorkerListener } from '../../../src/host/engineWorker.ts';
import type { Envelope, Packet } from '../../../src/protocol/packet.ts';
import { connectPartners, type Partners } from '../../../webview/host.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** The window of the page that lives; a hidden page is gone with its window. */
let page: EventTarget;
/** What the page has posted. */
let posted: Envelope[];

const lives: Partners[] = [];

beforeEach(() => {
  posted = [];
});

afterEach(() => {
  for (const { host, engine } of lives.splice(0)) {
    host.dispose();
    engine.dispose();
  }
});

/** A page begins its life: as VS Code makes it anew, from the same HTML, each time the panel is shown. */
function show(): Partners {
  page = new EventTarget();
  vi.stubGlobal('window', page);
  const api = {
    postMessage: (message: unknown) => posted.push(structuredClone(message) as Envelope),
    getState: () => undefined,
    setState: () => undefined,
  };
  const partners = connectPartners(api, (error) => {
    throw error;
  });
  vi.unstubAllGlobals();
  lives.push(partners);
  return partners;
}

function post(envelope: Envelope): void {
  page.dispatchEvent(new MessageEvent('message', { data: structuredClone(envelope) }));
}

const answerTo = ({ partner, packet }: Envelope, result: unknown): Envelope => ({
  partner,
  packet: { kind: 'answer', id: packet.kind === 'request' ? packet.id : '', result },
});
const lastOf = (list: readonly Envelope[]): Envelope => {
  const last = list.at(-1);
  if (last === undefined) throw new Error('nothing was posted');
  return last;
};
const tree = { key: 'k', collapsed: [], at: { offset: 0 }, limit: 1 } as never;

test.each<[Envelope['partner'], (of: Partners) => Promise<unknown>]>([
  ['engine', ({ engine }) => engine.call('ask', { kind: 'status', query: null })],
  ['host', ({ host }) => host.call('ready', null)],
])(
  'a page that was hidden with a question to the %s out is not told its answer',
  async (_, ask) => {
    void ask(show()).catch(() => undefined);
    const old = lastOf(posted);
    const mine = ask(show());
    const asked = lastOf(posted);
    expect(asked).not.toEqual(old);
    post(answerTo(old, 'for the old page'));
    post({
      partner: old.partner,
      packet: { kind: 'failure', id: 'p0', error: { reason: 'internal', message: 'old' } },
    });
    post(answerTo(asked, 'mine'));
    await expect(mine).resolves.toBe('mine');
  },
);

test('through the host too, each answer goes to the page that asked', async () => {
  let listener: WorkerListener | undefined;
  const atEngine: Packet[] = [];
  const engine = new EngineClient({
    startWorker: (given) => {
      listener = given;
      return {
        post: (packet) => packet !== 'close' && atEngine.push(packet),
        terminate: () => Promise.resolve(),
      };
    },
    clock: new ManualClock(),
    log: () => undefined,
  });
  const asks = (partners: Partners) => {
    const answer = partners.engine.call('ask', { kind: 'tree', query: tree });
    engine.forward(lastOf(posted).packet, (packet) => {
      post({ partner: 'engine', packet });
    });
    return answer;
  };
  void asks(show()).catch(() => undefined);
  const mine = asks(show());
  const ids = atEngine.map((packet) => (packet.kind === 'request' ? packet.id : ''));
  expect(new Set(ids).size).toBe(2);
  for (const [index, id] of ids.entries()) {
    listener?.onMessage({ kind: 'answer', id, result: ['old', 'mine'][index] });
  }
  await expect(mine).resolves.toBe('mine');
  engine.dispose();
});
