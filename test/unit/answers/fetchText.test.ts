import { gzipSync } from 'node:zlib';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { fetchText } from '../../../src/answers/fetchText.ts';
import { storedTarget } from '../../../src/protocol/storedTarget.ts';
import type { FetchConsent, LargeValueSettings } from '../../../src/protocol/storedText.ts';
import { ManualClock } from '../../support/manualClock.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const paths: Record<string, Answer> = {
  '/ok.txt': (_, response) => response.end('{"发票": 1}'),
  '/told.txt': (_, response) => {
    response.writeHead(200, { 'content-length': '2000' });
    response.end('x'.repeat(2000));
  },
  '/untold.txt': (_, response) => {
    // In pieces, so that Node can't tell a length.
    response.write('x'.repeat(900));
    response.end('x'.repeat(900));
  },
  '/bomb.txt': (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync('x'.repeat(100_000)));
  },
  '/packed.txt': (_, response) => {
    response.writeHead(200, { 'content-encoding': 'compress' });
    response.end('x');
  },
  '/gone.txt': (_, response) => {
    response.writeHead(404);
    response.end('NoSuchKey');
  },
  '/here.txt': redirect('/ok.txt'),
  '/circle.txt': redirect('/circle.txt'),
  '/elsewhere.txt': redirect('http://elsewhere.example/secret?token=abc'),
  '/file.txt': redirect('file:///etc/passwd'),
  '/other-port.txt': redirect('http://127.0.0.1:1/ok.txt'),
  '/user.txt': ({ headers }, response) => response.end(headers.authorization),
  '/half.txt': (_, response) => {
    response.write('beginning');
    onHalf();
  },
};
let onHalf: () => void = () => undefined;
let server: Server;
let host = '';
let clock = new ManualClock();

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = paths[request.url ?? ''];
    if (answer === undefined) throw new Error(`Not foreseen: ${String(request.url)}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  clock = new ManualClock();
  onHalf = () => undefined;
});

function redirect(location: string): Answer {
  return (_, response) => {
    response.writeHead(302, { location });
    response.end();
  };
}

const limits = (parts: Partial<LargeValueSettings> = {}): LargeValueSettings => ({
  maxBytes: 1024,
  timeoutMs: 5_000,
  hostRewrite: {},
  ...parts,
});

function fetched(
  address: string,
  parts: Partial<LargeValueSettings> = {},
  signal = new AbortController().signal,
  consent: Partial<FetchConsent> = {},
) {
  const target = storedTarget(address, parts.hostRewrite ?? {});
  // The tests' own server is near, of course.
  const told = { host: target.ok ? target.value.url.host : '', near: '127.0.0.1', ...consent };
  return fetchText(address, told, limits(parts), clock, signal);
}

describe('fetched', () => {
  test.each([
    ['a text', '/ok.txt', '{"发票": 1}', 13],
    ['behind a redirect within the host', '/here.txt', '{"发票": 1}', 13],
  ])('%s', async (_, path, text, bytes) => {
    const answer = await fetched(`http://${host}${path}`);
    expect(answer).toEqual({ ok: true, value: { text, bytes } });
  });

  test('with the user that the address names', async () => {
    const answer = await fetched(`http://bob:p%20w@${host}/user.txt`);
    expect(answer).toMatchObject({ ok: true, value: { text: 'Basic Ym9iOnAgdw==' } });
  });

  test.each([
    ['host and port', 'http://minio:9000/ok.txt', { 'minio:9000': 'HOST' }],
    ['the port that http has', 'http://minio/ok.txt', { 'minio:80': 'HOST' }],
    ['a host alone', 'http://minio:9000/ok.txt', { minio: 'HOST' }],
    ['the most exact', 'http://minio:9000/ok.txt', { minio: 'no.example', 'minio:9000': 'HOST' }],
  ])('from a host that the setting rewrites: %s', async (_, address, setting) => {
    const hostRewrite = Object.fromEntries(
      Object.entries(setting).map(([name, to]) => [name, to === 'HOST' ? host : to]),
    );
    expect(await fetched(address, { hostRewrite })).toMatchObject({ ok: true });
  });

  test('on the old port when the setting names none', async () => {
    const port = host.split(':')[1] ?? '';
    const hostRewrite = { 'minio.invalid': '127.0.0.1' };
    const answer = await fetched(`http://minio.invalid:${port}/ok.txt`, { hostRewrite });
    expect(answer).toMatchObject({ ok: true });
  });
});

describe('refused', () => {
  test.each<[string, string, object]>([
    ['too large, as it says', '/told.txt', { reason: 'tooLarge', bytes: 2000, maxBytes: 1024 }],
    ['too large, unsaid', '/untold.txt', { reason: 'tooLarge', bytes: null, maxBytes: 1024 }],
    ['too large when unpacked', '/bomb.txt', { reason: 'tooLarge', bytes: null, maxBytes: 1024 }],
    [
      'packed in a way that was not asked for',
      '/packed.txt',
      { reason: 'unreachable', detail: 'content-encoding: compress' },
    ],
    ['not there', '/gone.txt', { reason: 'status', status: 404 }],
    ['another host', '/elsewhere.txt', { reason: 'redirect', target: 'elsewhere.example' }],
    ['another port', '/other-port.txt', { reason: 'redirect', target: '127.0.0.1:1' }],
    ['another scheme', '/file.txt', { reason: 'redirect', target: '' }],
    ['in a circle', '/circle.txt', { reason: 'redirect' }],
  ])('%s', async (_, path, error) => {
    expect(await fetched(`http://${host}${path}`)).toMatchObject({ ok: false, error });
  });

  test.each([
    ['file:///etc/passwd'],
    ['ftp://127.0.0.1/a.txt'],
    ['data:text/plain,a'],
    ['s3://bucket/a.txt'],
    ['no address'],
  ])('%s', async (address) => {
    expect(await fetched(address)).toEqual({ ok: false, error: { reason: 'badAddress' } });
  });

  test('a rewrite to what is no host', async () => {
    const hostRewrite = { 'minio:9000': 'http://127.0.0.1/x' };
    expect(await fetched('http://minio:9000/ok.txt', { hostRewrite })).toEqual({
      ok: false,
      error: { reason: 'badRewrite', host: 'minio:9000', target: 'http://127.0.0.1/x' },
    });
  });

  test('what a rewrite says is shown without its credentials', async () => {
    const hostRewrite = { 'minio:9000': 'user:hunter2@127.0.0.1?token=hunter2' };
    expect(await fetched('http://minio:9000/ok.txt', { hostRewrite })).toEqual({
      ok: false,
      error: { reason: 'badRewrite', host: 'minio:9000', target: '127.0.0.1' },
    });
  });

  test('no property of every object is a rewrite', async () => {
    const answer = await fetched('http://constructor/a.txt');
    expect(answer).toMatchObject({ ok: false, error: { reason: 'unreachable' } });
  });
});

describe('needs a second word', () => {
  const port = () => host.split(':')[1] ?? '';
  const withoutIt = (address: string) =>
    fetched(address, {}, new AbortController().signal, { near: null });

  test.each([
    ['127.0.0.1', 'machine', '127.0.0.1'],
    ['127.8.9.10', 'machine', '127.8.9.10'],
    ['2130706433', 'machine', '127.0.0.1'],
    ['0x7f000001', 'machine', '127.0.0.1'],
    ['0x7f.1', 'machine', '127.0.0.1'],
    ['0177.0.0.1', 'machine', '127.0.0.1'],
    ['１２７.0.0.1', 'machine', '127.0.0.1'],
    ['0.0.0.0', 'machine', '0.0.0.0'],
    ['[::1]', 'machine', '::1'],
    ['[::]', 'machine', '::'],
    ['[::ffff:127.0.0.1]', 'machine', '::ffff:7f00:1'],
    ['[::127.0.0.1]', 'machine', '::7f00:1'],
    ['[64:ff9b::127.0.0.1]', 'machine', '64:ff9b::7f00:1'],
    ['169.254.7.7', 'link', '169.254.7.7'],
    ['[fe80::1]', 'link', 'fe80::1'],
    ['[::ffff:169.254.7.7]', 'link', '::ffff:a9fe:707'],
    ['169.254.169.254', 'metadata', '169.254.169.254'],
    ['[::ffff:169.254.169.254]', 'metadata', '::ffff:a9fe:a9fe'],
    ['[fd00:ec2::254]', 'metadata', 'fd00:ec2::254'],
    ['100.100.100.200', 'metadata', '100.100.100.200'],
  ])('%s', async (name, place, address) => {
    const answer = await withoutIt(`http://${name}:${port()}/ok.txt`);
    expect(answer).toMatchObject({ ok: false, error: { reason: 'near', place, address } });
  });

  test('a name that leads there', async () => {
    const answer = await withoutIt(`http://localhost:${port()}/ok.txt`);
    expect(answer).toMatchObject({
      ok: false,
      error: { reason: 'near', place: 'machine', host: `localhost:${port()}` },
    });
  });

  test('that is for this very address', async () => {
    const { signal } = new AbortController();
    const address = `http://${host}/ok.txt`;
    expect(await fetched(address, {}, signal, { near: '127.0.0.2' })).toMatchObject({
      error: { reason: 'near', address: '127.0.0.1' },
    });
    expect(await fetched(address, {}, signal, { near: '127.0.0.1' })).toMatchObject({ ok: true });
  });

  test('which the user’s own setting is already', async () => {
    const hostRewrite = { 'minio:9000': host };
    const { signal } = new AbortController();
    const answer = await fetched('http://minio:9000/ok.txt', { hostRewrite }, signal, {
      near: null,
    });
    expect(answer).toMatchObject({ ok: true });
  });
});

test('nothing is fetched from a host that the reader was not told', async () => {
  const { signal } = new AbortController();
  const hostRewrite = { 'minio:9000': host };
  expect(
    await fetched('http://minio:9000/ok.txt', { hostRewrite }, signal, { host: 'minio:9000' }),
  ).toEqual({ ok: false, error: { reason: 'otherHost', host } });
});

describe('given up', () => {
  test('nobody listens', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await fetched(`http://127.0.0.1:${String(port)}/ok.txt`)).toEqual({
      ok: false,
      error: {
        reason: 'unreachable',
        host: `127.0.0.1:${String(port)}`,
        detail: 'ECONNREFUSED',
      },
    });
  });

  test('a host that nobody knows', async () => {
    const answer = await fetched('http://minio.invalid:9000/ok.txt');
    expect(answer).toMatchObject({
      ok: false,
      error: { reason: 'unreachable', host: 'minio.invalid:9000' },
    });
  });

  test('slower than the timeout, within the body too', async () => {
    onHalf = () => {
      clock.advance(4_999);
      setImmediate(() => {
        clock.advance(1);
      });
    };
    expect(await fetched(`http://${host}/half.txt`)).toEqual({
      ok: false,
      error: { reason: 'timeout', host, seconds: 5 },
    });
  });

  test('cancelled, and the server is left alone', async () => {
    const controller = new AbortController();
    const left = new Promise((resolve) => {
      server.once('request', ({ socket }: IncomingMessage) => socket.once('close', resolve));
    });
    onHalf = () => {
      controller.abort();
    };
    const answer = await fetched(`http://${host}/half.txt`, {}, controller.signal);
    expect(answer).toEqual({ ok: false, error: { reason: 'cancelled' } });
    await left;
  });
});
