/** A robot that ends in the way it is told, for `processEnd.test.ts`. */
import { createTracer } from '../../../src/telemetry/tracer.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import type { UnsentRecord } from '../../../src/telemetry/recordSender.ts';

const [how = ''] = process.argv.slice(2);
const waiting: UnsentRecord[] = [];
const tracer = createTracer({
  flowId: 'f1',
  // Without one of its own it sends to where the environment says.
  producer: how.startsWith('kafka')
    ? undefined
    : {
        send: (topic, value) => waiting.push({ topic, value }) > 0,
        takeUnsent: () => waiting.splice(0),
        // What was asked to end is asked again before it has.
        ...(how.startsWith('slow') && {
          flush() {
            process.stdout.write('ending\n');
            if (how === 'slowExit') setImmediate(() => process.exit(3));
            if (how.endsWith('Throw')) setImmediate(() => fail('the next one'));
            return new Promise(() => undefined);
          },
        }),
      },
});
if (how === 'ownListener') {
  process.on('SIGTERM', () => {
    process.stdout.write('the robot heard it\n');
    process.exit(3);
  });
}

const running = tracer.run({}, () =>
  traced('work', {}, async () => {
    const forever = setInterval(() => undefined, 1_000);
    await new Promise(setImmediate);
    if (how === 'exit') process.exit(4);
    if (how === 'throw' || how === 'slowExit' || how === 'slowThrow') setImmediate(() => fail());
    if (how.startsWith('kafka')) {
      clearInterval(forever);
      return;
    }
    if (how === 'reject') {
      clearInterval(forever);
      throw new Error('nobody caught it');
    }
    process.stdout.write('ready\n');
    await new Promise(() => undefined);
  }),
);

function fail(message = 'nobody caught it'): void {
  throw new Error(message);
}

if (how === 'kafkaClosed') {
  await running;
  const beganMs = performance.now();
  await tracer.close();
  process.stdout.write(`closed after ${String(Math.round(performance.now() - beganMs))} ms\n`);
}
