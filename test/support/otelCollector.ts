/**
 * A real OpenTelemetry Collector on free loopback ports, and behind it a sink that keeps what the
 * collector passes on:
 *
 *     const collector = await startCollector();
 *     ... export to collector.grpcEndpoint or collector.httpEndpoint, await forceFlush() ...
 *     collector.metrics(); // what has arrived by then
 *     await collector.stop();
 */
import { EventEmitter, once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { cached } from './cacheFolder.ts';
import { canRun, freePorts, run, startChild } from './childProcess.ts';
import { repositoryRoot } from './paths.ts';
import { Unavailable } from './unavailable.ts';

/** One export in OTLP's JSON: 64 bit integers are strings, times nanoseconds as strings. */
export interface MetricsExport {
  readonly resourceMetrics: readonly unknown[];
}

/** A running collector. */
export interface Collector {
  /** `http://127.0.0.1:port`, for OTLP over gRPC. */
  readonly grpcEndpoint: string;
  /** `http://127.0.0.1:port`, for OTLP over HTTP; metrics go to `/v1/metrics` below it. */
  readonly httpEndpoint: string;
  /** The exports that have arrived, oldest first. */
  metrics(): readonly MetricsExport[];
  /** Resolves when so many exports have arrived since the start. */
  received(count: number): Promise<readonly MetricsExport[]>;
  stop(): Promise<void>;
}

/** Starts a collector, built on the first use; throws `Unavailable` without Go. */
export async function startCollector(): Promise<Collector> {
  const program = await collectorProgram();
  const exports: MetricsExport[] = [];
  const arrivals = new EventEmitter();
  const sink = await startSink((body) => {
    exports.push(JSON.parse(body) as MetricsExport);
    arrivals.emit('export');
  });
  const [grpc = 0, http = 0] = await freePorts(2);
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-collector-'));
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(configuration(grpc, http, sink.port)));
  const child = await startChild({
    command: program,
    args: ['--config', `file:${config}`],
    ready: /Everything is ready/,
  });
  return {
    grpcEndpoint: `http://127.0.0.1:${String(grpc)}`,
    httpEndpoint: `http://127.0.0.1:${String(http)}`,
    metrics: () => exports,
    received: async (count) => {
      while (exports.length < count) await once(arrivals, 'export');
      return exports;
    },
    stop: async () => {
      await child.kill();
      sink.server.closeAllConnections();
      sink.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function collectorProgram(): Promise<string> {
  const name = process.platform === 'win32' ? 'collector.exe' : 'collector';
  const folder = await cached('otel-collector-0.165.0-v1', 'the OpenTelemetry Collector', (draft) =>
    build(draft, name),
  );
  return join(folder, name);
}

async function build(draft: string, name: string): Promise<void> {
  if (!(await canRun('go', ['version']))) {
    throw new Unavailable('The OpenTelemetry Collector is built with Go 1.26: please install Go.');
  }
  const source = join(repositoryRoot, 'test', 'support', 'collector');
  for (const file of ['main.go', 'go.mod']) await copyFile(join(source, file), join(draft, file));
  await run('go', ['mod', 'tidy'], { cwd: draft });
  const flags = ['-p', '2', '-trimpath', '-ldflags=-s -w'];
  await run('go', ['build', ...flags, '-o', name, '.'], { cwd: draft });
}

/** Without queue, retries and batches: when an export is acknowledged, it is in the sink. */
function configuration(grpc: number, http: number, sink: number): unknown {
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `127.0.0.1:${String(grpc)}` },
          http: { endpoint: `127.0.0.1:${String(http)}` },
        },
      },
    },
    exporters: {
      otlp_http: {
        metrics_endpoint: `http://127.0.0.1:${String(sink)}/v1/metrics`,
        encoding: 'json',
        compression: 'none',
        sending_queue: { enabled: false },
        retry_on_failure: { enabled: false },
      },
    },
    service: { pipelines: { metrics: { receivers: ['otlp'], exporters: ['otlp_http'] } } },
  };
}

async function startSink(
  keep: (body: string) => void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      keep(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { server, port: address.port };
}
