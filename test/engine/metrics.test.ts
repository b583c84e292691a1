/** Metrics as a real OpenTelemetry Collector receives them, and as an endpoint that fails sees them. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { Metrics } from '../../src/metrics/metrics.ts';
import { createInstruments } from '../../src/metrics/instruments.ts';
import { createNodeInstruments, recordNodes } from '../../src/metrics/nodeInstruments.ts';
import { type OtlpExport, startOtlpExport } from '../../src/metrics/otlpExport.ts';
import { metricsFailureText } from '../../src/texts/metricsFailureText.ts';
import type { OtlpTls } from '../../src/metrics/otlpSettings.ts';
import { recordExecution } from '../../src/metrics/recordExecution.ts';
import { resolveEndpoint } from '../../src/base/resolveEndpoint.ts';
import { aRecord, aSummary } from '../support/builders.ts';
import { freePorts } from '../support/childProcess.ts';
import { plainEnglish } from '../support/plainEnglish.ts';
import { repositoryRoot } from '../support/paths.ts';
import { type MetricsExport, startCollector } from '../support/otelCollector.ts';
import { required } from '../support/required.ts';

/** Longer than any test: exports happen when they are asked for. */
const never = 3_600_000;

const collector = required(
  () => startCollector(),
  (it) => it.stop(),
);
const running: OtlpExport[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((otlp) => otlp.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function start(
  address: string,
  parts: Partial<Parameters<typeof startOtlpExport>[0]> = {},
): { readonly otlp: OtlpExport; readonly states: (string | null)[] } {
  const resolved = resolveEndpoint(address, 'auto');
  if (!resolved.ok) throw new Error(resolved.error);
  const states: (string | null)[] = [];
  const otlp = startOtlpExport({
    endpoint: resolved.value,
    intervalMs: never,
    onState: (error) => states.push(error),
    ...parts,
  });
  running.push(otlp);
  return { otlp, states };
}

/** Each data point of an export as a line: labels in order of their name. */
function printed({ resourceMetrics }: MetricsExport): string[] {
  return (resourceMetrics as ResourceMetrics[]).flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ name, sum, histogram }) => [
        ...(sum?.dataPoints ?? []).map(
          (point) =>
            `${labels(resource)} ${name} ${labels(point)} = ${point.asDouble ?? point.asInt ?? '?'}`,
        ),
        ...(histogram?.dataPoints ?? []).map(
          (point) =>
            `${labels(resource)} ${name} ${labels(point)} = ${String(point.sum)} in ${point.count}: ${buckets(point)}`,
        ),
      ]),
    ),
  );
}

function labels({ attributes = [] }: Attributes): string {
  const pairs = attributes.map(
    ({ key, value }) => `${key}=${value.stringValue ?? value.intValue ?? '?'}`,
  );
  return `{${pairs.sort().join(' ')}}`;
}

/** The upper bounds of the buckets that hold something. */
function buckets({ bucketCounts = [], explicitBounds = [] }: HistogramPoint): string {
  return bucketCounts
    .flatMap((count, index) =>
      count === '0' ? [] : [`${count}≤${String(explicitBounds[index] ?? '∞')}`],
    )
    .join(' ');
}

describe.each([
  ['gRPC', () => collector().grpcEndpoint],
  ['gRPC without a scheme', () => collector().grpcEndpoint.replace('http://', '')],
  ['HTTP/protobuf', () => `${collector().httpEndpoint}/v1/metrics`],
])('over %s', (_, address) => {
  test('each execution is in the counter and the histogram of the services', async () => {
    const before = collector().metrics().length;
    const { otlp, states } = start(address(), { resource: { 'host.name': 'here' } });
    const instruments = createInstruments(otlp.meter);
    const flowId = 'f1';
    recordExecution(instruments, aSummary({ flowId, durationMs: 1_200 }));
    recordExecution(instruments, aSummary({ flowId, durationMs: 40 }));
    recordExecution(instruments, aSummary({ flowId, durationMs: 61_000, code: 21_300 }));
    recordExecution(
      instruments,
      aSummary({ service: 'rpa-server', kind: 'rpa', flowId: '', durationMs: 7_200_000 }),
    );
    await otlp.flush();

    const me = '{host.name=here service.name=rpa-trace}';
    const flow = 'flow_id=f1 func=workflow';
    const [first] = collector().metrics().slice(before);
    expect(first && printed(first).sort()).toEqual([
      `${me} server_request_time_microseconds {${flow} server_name=workflow} = 62240 in 3: 1≤50 1≤2500 1≤120000`,
      `${me} server_request_time_microseconds {func=rpa server_name=rpa-server} = 7200000 in 1: 1≤∞`,
      `${me} server_request_total {${flow} ret=0 server_name=workflow} = 2`,
      `${me} server_request_total {${flow} ret=21300 server_name=workflow} = 1`,
      `${me} server_request_total {func=rpa ret=0 server_name=rpa-server} = 1`,
    ]);

    // Sums go on: a collector that misses an export misses nothing.
    recordExecution(instruments, aSummary({ flowId, durationMs: 10 }));
    await otlp.flush();
    const second = collector().metrics()[before + 1];
    expect(second && printed(second)).toContain(
      `${me} server_request_total {${flow} ret=0 server_name=workflow} = 3`,
    );
    expect(states).toEqual([null]);
  });
});

test('of more series than an instrument has, the rest is one; how many executions were received stays right', async () => {
  const before = collector().metrics().length;
  const received: number[] = [];
  const { otlp } = start(collector().grpcEndpoint, { onReceived: (count) => received.push(count) });
  const nodes = createNodeInstruments(otlp.meter);
  for (let n = 0; n < 3_000; n++) {
    recordNodes(nodes, 'f', [
      { nodeId: `n::${String(n)}`, type: 'n', status: 'succeeded', durationMs: 10 },
    ]);
  }
  recordExecution(createInstruments(otlp.meter), aSummary());
  await otlp.flush();
  const lines = printed(collector().metrics()[before] ?? { resourceMetrics: [] });
  const runs = lines.filter((line) => line.includes(' rpa_trace.node.runs '));
  expect(runs.length).toBeLessThanOrEqual(2_000);
  const total = runs.reduce((sum, line) => sum + Number(line.split(' = ')[1]), 0);
  expect(total).toBe(3_000);
  expect(received).toEqual([1]);
});

test('exports by itself after each interval, and what is left at the end', async () => {
  const before = collector().metrics().length;
  const { otlp } = start(collector().httpEndpoint + '/v1/metrics', { intervalMs: 100 });
  const { requestCounter } = createInstruments(otlp.meter);
  requestCounter.add(1);
  await collector().received(before + 2);
  requestCounter.add(41);
  await otlp.close();
  expect(printed(collector().metrics().at(-1) ?? { resourceMetrics: [] })).toEqual([
    '{service.name=rpa-trace} server_request_total {} = 42',
  ]);
});

describe('an endpoint that fails', () => {
  /** Answers each request with the next of the states, the last one for good. */
  async function answering(
    ...states: number[]
  ): Promise<{ url: string; heads: IncomingHttpHeaders[] }> {
    const heads: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      heads.push(request.headers);
      request.resume().on('end', () => {
        response.writeHead(states.length > 1 ? (states.shift() ?? 200) : (states[0] ?? 200)).end();
      });
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return { url: `http://127.0.0.1:${String(address.port)}/v1/metrics`, heads };
  }

  test('is told once per change, and told again when it works', async () => {
    const { url } = await answering(400, 400, 403, 403, 200, 200, 400);
    const { otlp, states } = start(url);
    for (let round = 0; round < 7; round++) {
      createInstruments(otlp.meter).requestCounter.add(1);
      await otlp.flush();
    }
    expect(states).toEqual([expect.any(String), expect.any(String), null, expect.any(String)]);
  });

  test('over HTTP gets the headers that were asked for', async () => {
    const { url, heads } = await answering(200);
    const { otlp } = start(url, { headers: { authorization: 'Bearer t' } });
    createInstruments(otlp.meter).requestCounter.add(1);
    await otlp.flush();
    expect(heads[0]).toMatchObject({
      authorization: 'Bearer t',
      'content-type': 'application/x-protobuf',
    });
  });

  test.each([
    ['gRPC', ''],
    ['HTTP', '/v1/metrics'],
  ])('over %s, because nobody listens, neither throws nor repeats itself', async (_, path) => {
    const [port = 0] = await freePorts(1);
    const { otlp, states } = start(`http://127.0.0.1:${String(port)}${path}`, { timeoutMs: 400 });
    for (let round = 0; round < 3; round++) {
      createInstruments(otlp.meter).requestCounter.add(1);
      await otlp.flush();
    }
    await otlp.close();
    expect(states).toEqual([expect.stringMatching(/./)]);
  });
});

describe('an endpoint with TLS that wants to know who sends', () => {
  const file = (name: string) => join(repositoryRoot, 'test/fixtures/tls', name);
  const [certFile, keyFile] = [file('localhost.pem'), file('localhost-key.pem')];
  const own = { caFile: certFile, certFile, keyFile };
  const open: { close(): unknown }[] = [];

  afterEach(() => {
    for (const server of open.splice(0)) server.close();
  });

  /** Takes exports over either protocol from who has the certificate; keeps their headers. */
  async function secured(): Promise<{ port: number; heads: IncomingHttpHeaders[] }> {
    const heads: IncomingHttpHeaders[] = [];
    const cert = readFileSync(certFile);
    const server = createSecureServer({
      ...{ cert, key: readFileSync(keyFile), ca: cert },
      ...{ requestCert: true, rejectUnauthorized: true, allowHTTP1: true },
    });
    const sessions = new Set<ServerHttp2Session>();
    server.on('session', (session) => sessions.add(session));
    server.on('sessionError', () => undefined);
    server.on('request', ({ headers, httpVersionMajor }, response) => {
      if (httpVersionMajor !== 1) return;
      heads.push(headers);
      response.writeHead(200).end();
    });
    server.on('stream', (stream, headers) => {
      heads.push(headers);
      const head = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '0' };
      stream.respond(head, { endStream: true });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({
      close: () => {
        for (const session of sessions) session.destroy();
        server.close();
      },
    });
    return { port: (server.address() as AddressInfo).port, heads };
  }

  const exported = async (tls: OtlpTls | undefined, protocol: 'grpc' | 'http/protobuf') => {
    const { port, heads } = await secured();
    const metrics = new Metrics({
      ...{ log: () => undefined, now: () => 0 },
      ...{ onLedger: () => undefined, onState: () => undefined },
    });
    const headers = { Authorization: 'Bearer t' };
    await metrics.configure(
      {
        ...{ endpoint: `https://localhost:${String(port)}`, protocol, intervalMs: never, headers },
        ...(tls !== undefined && { tls }),
      },
      {},
    );
    metrics.partitions([{ topic: 't', partition: 0, low: '0', high: '1' }]);
    metrics.record({ summary: aSummary(), record: aRecord({ topic: 't' }), again: false });
    await metrics.close();
    return { heads, state: metrics.state };
  };

  test.each(['grpc', 'http/protobuf'] as const)('over %s: gets both', async (protocol) => {
    const { heads } = await exported(own, protocol);
    expect(heads.map(({ authorization }) => authorization)).toEqual(['Bearer t']);
  });

  test.each(['grpc', 'http/protobuf'] as const)(
    'over %s: takes nothing from a stranger',
    async (protocol) => {
      const { heads } = await exported({ ...own, certFile: '', keyFile: '' }, protocol);
      expect(heads).toEqual([]);
    },
  );

  test.each([
    ['gRPC', ''],
    ['HTTP', '/v1/metrics'],
  ])(
    'over %s: a certificate that nobody vouches for is told in a sentence, with what to do',
    async (_, path) => {
      const { port, heads } = await secured();
      const endpoint = `https://localhost:${String(port)}${path}`;
      const { otlp, states } = start(endpoint);
      createInstruments(otlp.meter).requestCounter.add(1);
      await otlp.flush();
      expect([heads, states.length]).toEqual([[], 1]);
      const state = { kind: 'failing', endpoint, detail: states[0] ?? '', waiting: 0 } as const;
      expect(metricsFailureText(state, plainEnglish, String)).toBe(
        `Metrics can’t be sent to ${endpoint}: self-signed certificate. ` +
          'Its certificate can’t be verified: set “rpaTrace.otlp.tls.caFile” to the CA that signed it.',
      );
    },
  );

  test('is said to fail where a file can’t be read, which is named', async () => {
    const { heads, state } = await exported({ ...own, caFile: '/no/such.pem' }, 'grpc');
    expect(heads).toEqual([]);
    expect(state.kind === 'failing' && state.detail).toContain('/no/such.pem');
  });
});

describe('an endpoint that hangs, replaced', () => {
  /** Keeps how many requests came; gives none an answer. */
  async function hanging(): Promise<{ url: string; requests: () => number }> {
    let requests = 0;
    const server = createServer((request) => {
      requests++;
      request.resume();
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return { url: `http://127.0.0.1:${String(address.port)}/v1/metrics`, requests: () => requests };
  }

  test.each([
    ['by another', true],
    ['by none', false],
  ])('%s: one exporter lives on, or none', async (_, another) => {
    let alive = 0;
    const metrics = new Metrics({
      log: () => undefined,
      now: () => 0,
      onLedger: () => undefined,
      onState: () => undefined,
      loadExport: () =>
        Promise.resolve((options) => {
          alive++;
          const otlp = startOtlpExport(options);
          return { ...otlp, close: () => otlp.close().finally(() => alive--) };
        }),
    });
    const to = (endpoint: string) => ({ endpoint, protocol: 'auto' as const, intervalMs: 200 });
    const old = await hanging();
    await metrics.configure(to(old.url), {});
    metrics.partitions([{ topic: 't', partition: 0, low: '0', high: '1' }]);
    metrics.record({ summary: aSummary(), record: aRecord({ topic: 't' }), again: false });
    await expect.poll(old.requests).toBeGreaterThan(0);

    const before = collector().metrics().length;
    const right = to(`${collector().httpEndpoint}/v1/metrics`);
    // Changed twice while the first one flushes: neither it nor the one in between stays.
    const changes = [to(old.url.replace('/v1', '/x/v1')), another ? right : null].map((settings) =>
      metrics.configure(settings, {}),
    );
    await Promise.all(changes);
    expect(alive).toBe(another ? 1 : 0);
    const requests = old.requests();
    if (another) {
      await collector().received(before + 3);
      expect(printed(collector().metrics()[before] ?? { resourceMetrics: [] })).toContainEqual(
        expect.stringMatching(/server_request_total .* = 1$/),
      );
    }
    await metrics.close();
    expect(alive).toBe(0);
    expect(old.requests()).toBe(requests);
  });
});

test('sums go on whatever the environment prefers', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'delta');
  const before = collector().metrics().length;
  const { otlp } = start(`${collector().httpEndpoint}/v1/metrics`);
  const { requestCounter } = createInstruments(otlp.meter);
  for (const count of [1, 2]) {
    requestCounter.add(count);
    await otlp.flush();
  }
  vi.unstubAllEnvs();
  expect(printed(collector().metrics()[before + 1] ?? { resourceMetrics: [] })).toEqual([
    '{service.name=rpa-trace} server_request_total {} = 3',
  ]);
});

interface Attributes {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: string };
  }[];
}

interface HistogramPoint extends Attributes {
  readonly count: string;
  readonly sum: number;
  readonly bucketCounts?: readonly string[];
  readonly explicitBounds?: readonly number[];
}

interface ResourceMetrics {
  readonly resource: Attributes;
  readonly scopeMetrics: readonly {
    readonly metrics: readonly {
      readonly name: string;
      readonly sum?: {
        readonly dataPoints: readonly (Attributes & {
          readonly asInt?: string;
          readonly asDouble?: number;
        })[];
      };
      readonly histogram?: { readonly dataPoints: readonly HistogramPoint[] };
    }[];
  }[];
}
