import { expect, test } from 'vitest';
import { resolveEndpoint } from '../../../src/base/resolveEndpoint.ts';

test.each([
  ['127.0.0.1:4317', 'auto', 'grpc', 'http://127.0.0.1:4317'],
  ['collector:4317', 'auto', 'grpc', 'http://collector:4317'],
  ['http://localhost:4317', 'auto', 'grpc', 'http://localhost:4317'],
  ['https://otlp.example.com', 'auto', 'grpc', 'https://otlp.example.com'],
  ['localhost:4318', 'auto', 'http/protobuf', 'http://localhost:4318/v1/metrics'],
  ['http://localhost:4318/', 'auto', 'http/protobuf', 'http://localhost:4318/v1/metrics'],
  ['localhost', 'auto', 'grpc', 'http://localhost:4317'],
  ['localhost', 'http/protobuf', 'http/protobuf', 'http://localhost:4318/v1/metrics'],
  [' [::1]:4317 ', 'auto', 'grpc', 'http://[::1]:4317'],
  ['https://h/v1/metrics/', 'auto', 'http/protobuf', 'https://h/v1/metrics'],
  ['https://h/otlp?key=1', 'auto', 'http/protobuf', 'https://h/otlp/v1/metrics?key=1'],
  ['http://h:4318/v1/metrics', 'grpc', 'grpc', 'http://h:4318'],
  ['https://h/otlp', 'auto', 'http/protobuf', 'https://h/otlp/v1/metrics'],
  ['https://h/v1/metrics', 'auto', 'http/protobuf', 'https://h/v1/metrics'],
  ['localhost:4318', 'grpc', 'grpc', 'http://localhost:4318'],
  ['localhost:4317', 'http/protobuf', 'http/protobuf', 'http://localhost:4317/v1/metrics'],
] as const)('%s (%s) is %s at %s', (text, protocol, expected, url) => {
  expect(resolveEndpoint(text, protocol)).toEqual({ ok: true, value: { protocol: expected, url } });
});

test.each([
  'ftp://svc-user:hunter2@host?token=hunter2',
  'http://svc-user:hunter2@no host:x/?token=hunter2',
  'http://svc-user:hunter2',
])('what is wrong with %j is told without its credentials', (text) => {
  expect(JSON.stringify(resolveEndpoint(text, 'auto'))).not.toContain('hunter2');
});

test.each(['', '  ', 'ftp://host', 'http://', 'http://a b'])('%j is refused', (text) => {
  expect(resolveEndpoint(text, 'auto').ok).toBe(false);
});
