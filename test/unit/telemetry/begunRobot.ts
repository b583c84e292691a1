/** A robot that another one begins, as a thread or a process, for `begunElsewhere.test.ts`. */
import { createTracer } from '../../../src/telemetry/tracer.ts';
import { traced } from '../../../src/telemetry/traced.ts';

const tracer = createTracer({
  flowId: 'part',
  producer: { send: (_topic, value) => process.stdout.write(`${value}\n`) || true },
  endWithProcess: false,
});
tracer.run({}, () => traced('read', {}, () => 1));
