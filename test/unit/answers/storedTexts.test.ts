import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { LargeValueSettings, StoredTextQuery } from '../../../src/protocol/storedText.ts';
import { recordWith } from '../../support/fixtures.ts';
import { engineParts } from '../engine/world.ts';
import { asked } from '../../support/asked.ts';

const secret = 'sk-EXAMPLE-7f3a9b2c4d5e6f708192';
const object = '3f9d2b1a6c414c0ea8f72b8b4a9a1c33';
const requested: (string | undefined)[] = [];
let server: Server;
let host = '';
/** Called when the server is requested for what it doesn't answer. */
let onStuck: () => void = () => undefined;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    requested.push(url);
    if (url?.startsWith('/stuck/') === true) onStuck();
    else if (url?.startsWith('/log/') === true) response.end('logged in with used-by-us');
    else response.end(`{"note": "used ${secret} twice", "apiKey": "${secret}", "count": 3}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** An engine that holds an execution whose values are stored at `address`, with a token in it. */
function engineWith(address: string, settings: Partial<LargeValueSettings> | null = {}) {
  const parts = engineParts();
  const entry = {
    ...{ id: 'a1', node_id: 'rpa::1', running_status: true, next_log_ids: [] },
    data: { input: {}, output: { text: address }, config: { nested: { deep: address } } },
    logs: [address],
  };
  const root = { sid: 'spf1', sub: 'workflow', status: { code: 0 }, trace: [entry] };
  const { finished } = parts.take([recordWith(root)]);
  parts.storedTexts.configure(
    settings === null
      ? null
      : {
          ...{ maxBytes: 10_000, timeoutMs: 5_000 },
          hostRewrite: { 'minio:9000': host },
          ...settings,
        },
  );
  const key = finished[0]?.summary.key ?? '';
  const query = (more: Partial<StoredTextQuery> = {}): StoredTextQuery => ({
    ...{ id: 'p1', key, row: null, name: 'text', address, consent: { host, near: null } },
    ...more,
  });
  return { ...parts, key, query };
}

const plain = `http://minio:9000/workflow/${object}.txt`;

describe('a stored text', () => {
  test('is masked, with what is secret in it, and readable', async () => {
    const { handlers, query } = engineWith(plain);
    expect(await handlers.fetchStored(query())).toEqual({
      ok: true,
      bytes: 111,
      value: {
        ...{ name: 'text', form: 'jsonText', round: null },
        value: { note: 'used ••••8192 twice', apiKey: '••••8192', count: 3 },
      },
    });
  });

  test('is masked with what is secret in its record', async () => {
    const parts = engineParts();
    const address = `http://minio:9000/log/${object}.txt`;
    const root = {
      ...{ sid: 'spf2', sub: 'workflow', status: { code: 0 }, answer: address },
      trace: [{ id: 'a', node_id: 'rpa::1', data: { config: { password: 'used-by-us' } } }],
    };
    const { finished } = parts.take([recordWith(root)]);
    parts.storedTexts.configure({
      ...{ maxBytes: 10_000, timeoutMs: 5_000, hostRewrite: { minio: host } },
    });
    const key = finished[0]?.summary.key ?? '';
    const consent = { host, near: null };
    const query = { id: 'p', key, row: null, name: 'answer', address, consent };
    const answer = await parts.handlers.fetchStored(query);
    expect(answer).toMatchObject({ ok: true, value: { value: 'logged in with ••••' } });
  });

  test('is found by its masked address, and its token is sent', async () => {
    const { handlers, query, key, tree } = engineWith(`${plain}?token=${secret}`);
    const window = await tree.window({ key, collapsed: [], at: { offset: 0 }, limit: 10 });
    const row = window.rows[0]?.key ?? null;
    const content = await asked(handlers, 'inspect', { key, row });
    const shown = content.kind === 'node' ? content.data.output[0]?.value : undefined;
    expect(shown).toBe(`${plain}?token=••••8192`);
    const answer = await handlers.fetchStored(query({ address: shown as string, row }));
    expect(answer).toMatchObject({ ok: true });
    expect(requested.at(-1)).toBe(`/workflow/${object}.txt?token=${secret}`);
  });

  test.each([
    ['of another object', 'http://minio:9000/workflow/00000000000000000000000000000000.txt'],
    ['of this machine', 'http://127.0.0.1:22/'],
  ])('is not fetched from an address that the record doesn’t hold: %s', async (_, address) => {
    const { handlers, query } = engineWith(plain);
    await expect(handlers.fetchStored(query({ address }))).rejects.toMatchObject({
      reason: 'notFound',
    });
  });

  test('is not fetched for a workspace that is not trusted', async () => {
    const { handlers, query } = engineWith(plain, null);
    const before = requested.length;
    expect(await handlers.fetchStored(query())).toEqual({
      ok: false,
      error: { reason: 'notTrusted' },
    });
    expect(requested).toHaveLength(before);
  });

  test('is never fetched by itself', async () => {
    const { handlers, key, tree, query } = engineWith(plain);
    const before = requested.length;
    await tree.window({ key, collapsed: [], at: { offset: 0 }, limit: 10 });
    await asked(handlers, 'inspect', { key, row: null });
    expect(requested).toHaveLength(before);
    await handlers.fetchStored(query());
    expect(requested).toHaveLength(before + 1);
  });
});

describe('a fetch that is under way', () => {
  const stuck = `http://minio:9000/stuck/${object}.txt`;
  const untilAsked = () => new Promise<void>((resolve) => (onStuck = resolve));

  test('is cancelled by its id alone', async () => {
    const { handlers, query } = engineWith(stuck);
    const whenAsked = untilAsked();
    const answer = handlers.fetchStored(query({ id: 'p7' }));
    await whenAsked;
    void handlers.cancelFetch({ id: 'p8' });
    void handlers.cancelFetch({ id: 'p7' });
    expect(await answer).toEqual({ ok: false, error: { reason: 'cancelled' } });
  });

  test('is given up when the workspace is trusted no longer, and after the timeout', async () => {
    const { handlers, query, storedTexts, clock } = engineWith(stuck);
    let whenAsked = untilAsked();
    const slow = handlers.fetchStored(query());
    await whenAsked;
    clock.advance(5_000);
    expect(await slow).toMatchObject({ ok: false, error: { reason: 'timeout', seconds: 5 } });
    whenAsked = untilAsked();
    const answer = handlers.fetchStored(query());
    await whenAsked;
    storedTexts.configure(null);
    expect(await answer).toEqual({ ok: false, error: { reason: 'cancelled' } });
  });

  test('is one of four at most', async () => {
    const { handlers, query, storedTexts } = engineWith(stuck);
    const four = ['a', 'b', 'c', 'd'].map(async (id) => handlers.fetchStored(query({ id })));
    expect(await handlers.fetchStored(query({ id: 'e' }))).toEqual({
      ok: false,
      error: { reason: 'busy' },
    });
    storedTexts.close();
    await Promise.all(four);
  });
});
