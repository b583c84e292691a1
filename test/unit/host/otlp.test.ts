import type * as vscode from 'vscode';
import { describe, expect, test } from 'vitest';
import { Credentials } from '../../../src/host/credentials.ts';
import { readOtlp } from '../../../src/host/otlp.ts';
import { readHeaders } from '../../../src/host/otlpHeaders.ts';

type Values = Readonly<Record<string, unknown>>;

function configOf(values: Values): vscode.WorkspaceConfiguration {
  return {
    get: (key: string, otherwise: unknown) => values[key] ?? otherwise,
    inspect: (key: string) => ({
      defaultValue: 3_000,
      ...(key in values && { globalValue: values[key] }),
    }),
  } as never;
}

const here = 'http://here:4318';
const metrics = 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT';
const all = 'OTEL_EXPORTER_OTLP_ENDPOINT';

describe('where metrics go', () => {
  test.each<[string, Values, Record<string, string>, object | null]>([
    ['nowhere', {}, {}, null],
    ['nowhere for blanks', { 'otlp.endpoint': ' ' }, { OTLP_ENDPOINT: ' ', [all]: '' }, null],
    [
      'the settings win',
      { 'otlp.endpoint': here, 'otlp.exportIntervalMillis': 5_000 },
      {
        ...{ OTLP_ENDPOINT: 'x', [all]: 'y', [metrics]: 'z', OTEL_METRIC_EXPORT_INTERVAL: '60000' },
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      },
      { endpoint: here, protocol: 'auto', intervalMs: 5_000 },
    ],
    [
      'then the product’s variable',
      {},
      { OTLP_ENDPOINT: 'a:4317', [all]: here, [metrics]: here },
      { endpoint: 'a:4317', protocol: 'auto', intervalMs: 3_000 },
    ],
    [
      'then that of metrics, as it stands',
      {},
      { [all]: 'http://all:4318', [metrics]: 'https://m/custom' },
      { endpoint: 'https://m/custom', protocol: 'http/protobuf', isWhole: true },
    ],
    [
      'then that of all signals',
      {},
      { [all]: here },
      { endpoint: here, protocol: 'http/protobuf' },
    ],
    ['gRPC by its port', {}, { [all]: 'http://c:4317' }, { protocol: 'grpc' }],
    [
      'the protocol of metrics before that of all',
      {},
      {
        ...{ [all]: here, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
        OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'grpc',
      },
      { protocol: 'grpc' },
    ],
    [
      'JSON is read where protobuf is',
      {},
      { [all]: 'http://c:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
      { protocol: 'http/protobuf' },
    ],
    ['a chosen protocol', { 'otlp.protocol': 'grpc' }, { [all]: here }, { protocol: 'grpc' }],
    ['switched off', {}, { [all]: here, OTEL_SDK_DISABLED: 'TRUE' }, null],
    ['to something else', {}, { [all]: here, OTEL_METRICS_EXPORTER: 'none' }, null],
    ['to it as well', {}, { [all]: here, OTEL_METRICS_EXPORTER: 'console, otlp' }, {}],
    [
      'the product’s own variable all the same',
      {},
      { OTLP_ENDPOINT: here, OTEL_SDK_DISABLED: 'true' },
      { endpoint: here },
    ],
    [
      'times',
      {},
      {
        ...{ [all]: here, OTEL_METRIC_EXPORT_INTERVAL: '60000' },
        OTEL_EXPORTER_OTLP_TIMEOUT: '7000',
      },
      { intervalMs: 60_000, timeoutMs: 7_000 },
    ],
    [
      'times that are none',
      {},
      { [all]: here, OTEL_METRIC_EXPORT_INTERVAL: 'often', OTEL_EXPORTER_OTLP_TIMEOUT: '0' },
      { intervalMs: 3_000 },
    ],
    [
      'an interval that is too short',
      { 'otlp.endpoint': here, 'otlp.exportIntervalMillis': 1 },
      {},
      { intervalMs: 500 },
    ],
    [
      'certificates',
      { 'otlp.endpoint': here, 'otlp.tls.caFile': '/ca.pem' },
      {},
      { tls: { caFile: '/ca.pem', certFile: '', keyFile: '' } },
    ],
  ])('%s', (_, values, environment, expected) => {
    const read = readOtlp(configOf(values), environment);
    if (expected === null) expect(read).toBeNull();
    else expect(read).toMatchObject(expected);
  });
});

test.each<[string, Record<string, string> | null]>([
  ['', {}],
  ['authorization=Bearer%20abc==', { authorization: 'Bearer abc==' }],
  [' a = 1 , b=2%2C3 ,', { a: '1', b: '2,3' }],
  ['x-tenant=租户', { 'x-tenant': '租户' }],
  ['a', null],
  ['=1', null],
  ['a b=1', null],
  ['a=%', null],
  ['a=1%0D%0Ax-evil: 1', null],
])('headers %j', (text, expected) => {
  expect(readHeaders(text)).toEqual(expected);
});

test('headers are kept under an address without its credentials, and forgotten', async () => {
  const secrets = new Map<string, string>();
  const credentials = new Credentials({
    get: (key: string) => Promise.resolve(secrets.get(key)),
    store: (key: string, value: string) => Promise.resolve(void secrets.set(key, value)),
    delete: (key: string) => Promise.resolve(void secrets.delete(key)),
  } as never);
  await credentials.rememberOtlpHeaders('https://u:s3cr3t@collector:4318', 'a=1');
  expect([...secrets.keys()].join()).not.toContain('s3cr3t');
  expect(await credentials.otlpHeaders('https://u:s3cr3t@collector:4318')).toBe('a=1');
  await credentials.rememberOtlpHeaders('https://u:s3cr3t@collector:4318', '');
  expect(secrets.size).toBe(0);
});
