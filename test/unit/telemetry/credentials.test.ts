/** What the library says of addresses that hold credentials. */
import { expect, test, vi } from 'vitest';

import { initMetrics } from '../../../src/telemetry/initMetrics.ts';
import { createKafkaProducerService } from '../../../src/telemetry/kafkaProducerFactory.ts';
import { stderrLog } from '../../../src/telemetry/telemetryLog.ts';

const secrets = /hunter2|tok3n|svc-user/;

test.each([
  ['is not there', 'http://svc-user:hunter2@127.0.0.1:1/v1/metrics?token=tok3n', '127.0.0.1:1'],
  ['can’t be read', 'http://svc-user:hunter2@no host:x/?token=tok3n', 'no host'],
  ['is of another kind', 'ftp://svc-user:hunter2@host/?token=tok3n', 'ftp://host'],
])('an OTLP endpoint that %s', async (_, endpoint, shown) => {
  const said: string[] = [];
  const metrics = await initMetrics({
    endpoint,
    env: {},
    timeoutMs: 200,
    log: (level, message) => said.push(`${level} ${message}`),
  });
  metrics.counter.add(1);
  await metrics.close();
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(shown);
  expect(said[0]).not.toMatch(secrets);
});

test.each(['svc-user:hunter2@host:9092', 'SASL_SSL://svc-user:hunter2@host:9092', 'tok3n@host:1'])(
  'a broker that is written as %s',
  (server) => {
    const said: string[] = [];
    const options = { servers: ['a:1', server], enabled: true, env: {} };
    createKafkaProducerService({ ...options, log: (_, message) => said.push(message) });
    expect(said).toEqual([expect.stringMatching(/has “.*host:\d+”, which is not host:port/)]);
    expect(said[0]).not.toMatch(secrets);
  },
);

test('what goes to stderr', () => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  stderrLog()('error', 'PUT https://svc-user:hunter2@store/x.txt?X-Amz-Signature=tok3n: 403');
  expect(lines).toEqual(['rpa-trace-telemetry error: PUT https://store/x.txt: 403\n']);
});
