/** A robot that ends in the way it is told, for `processEnd.test.ts`. */
import { createTracer } from '../../../src/telemetry/tracer.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import type { UnsentRecord } from '../../../src/telemetry/recordSender.ts';

const [how = ''] = process.argv.slice(2);
const waiting: UnsentRecord[] = [];
const tracer = createTracer({
  flowId: 'f1',
  producer: {
    send: (topic, value) => waiting.push({ topic, value }) > 0,
    takeUnsent: () => waiting.splice(0),
  },
});
if (how === 'ownListener') {
  process.on('SIGTERM', () => {
    process.stdout.write('the robot heard it\n');
    process.exit(3);
  });
}

// oxlint-disable-next-line typescript/no-floating-promises -- one way to end is that nobody catches it.
tracer.run({}, () =>
  traced('work', {}, async () => {
    const forever = setInterval(() => undefined, 1_000);
    await new Promise(setImmediate);
    if (how === 'exit') process.exit(4);
    if (how === 'throw') setImmediate(() => fail());
    if (how === 'reject') {
      clearInterval(forever);
      throw new Error('nobody caught it');
    }
    process.stdout.write('ready\n');
    await new Promise(() => undefined);
  }),
);

function fail(): void {
  throw new Error('nobody caught it');
}
