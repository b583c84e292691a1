/**
 * What tracing costs a robot: a node of the library beside an OpenTelemetry span with the same attributes,
 * alternated in one run; a record; the same with the broker down; memory over a million nodes.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { context } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BatchSpanProcessor, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { createKafkaProducerService } from '../../src/telemetry/kafkaProducerFactory.ts';
import { traced } from '../../src/telemetry/traced.ts';
import { createTracer } from '../../src/telemetry/tracer.ts';
import type { RecordSender } from '../../src/telemetry/recordSender.ts';
import type { TracerOptions } from '../../src/telemetry/tracer.ts';
import { freePorts } from '../support/childProcess.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { heading, median, note, report } from './report.ts';

const rounds = 15;
const nodesPerRun = 20;
const runsPerRound = 400;
const nanoseconds = 1e6;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** As much as a node of a robot usually gets and gives. */
const input = { selector: '#btnSave', order: 'SO-20391', amount: 1280.5, urgent: false };
const output = { result: 'done:SO-20391', steps: 14 };

/** Looks at the whole text, so that it is one: V8 puts it together only then. */
const nowhere: RecordSender = { send: (_topic, value) => Buffer.byteLength(value) > 0 };

/** Values that nobody has seen before. */
let orders = 0;
const newInput = () => {
  const order = String(++orders);
  return { ...input, order: `SO-${order}`, amount: orders + 0.5 };
};
const newOutput = () => ({ ...output, result: `done:SO-${String(orders)}` });

function playRobot(
  options: Partial<TracerOptions>,
  inputOf = () => input,
  outputOf = () => output,
): void {
  const tracer = createTracer({
    flowId: 'f',
    producer: nowhere,
    snapshotMs: false,
    endWithProcess: false,
    ...options,
  });
  for (let run = 0; run < runsPerRound; run++) {
    tracer.run({ question: inputOf() }, () => {
      for (let node = 0; node < nodesPerRun; node++) traced('rpa::1', inputOf(), outputOf);
    });
  }
}

/** The same as spans: a root for each execution, and what a node has as attributes of its span, active while it runs. */
function playSpans(
  provider: BasicTracerProvider,
  inputOf = () => input,
  outputOf = () => output,
): void {
  const tracer = provider.getTracer('bench');
  for (let run = 0; run < runsPerRound; run++) {
    const root = { attributes: { question: JSON.stringify(inputOf()) } };
    tracer.startActiveSpan('run f', root, (execution) => {
      for (let node = 0; node < nodesPerRun; node++) {
        const given = inputOf();
        const attributes = {
          sid: 'spf00090000@hf1a2094e57960009782',
          'workflow.node.id': 'rpa::1',
          'workflow.node.name': 'rpa::1',
          'workflow.node.type': 'rpa',
          'input.selector': given.selector,
          'input.order': given.order,
          'input.amount': given.amount,
          'input.urgent': given.urgent,
        };
        tracer.startActiveSpan('run_node:rpa::1', { attributes }, (span) => {
          const got = outputOf();
          span.setAttribute('output.result', got.result);
          span.setAttribute('output.steps', got.steps);
          span.end();
        });
      }
      execution.end();
    });
  }
}

/** Writes what it gets as the OTLP exporter does, and sends it nowhere. */
const jsonExporter: SpanExporter = {
  export(spans, done) {
    JsonTraceSerializer.serializeRequest(spans);
    done({ code: ExportResultCode.SUCCESS });
  },
  shutdown: () => Promise.resolve(),
};

async function timed(work: () => void, after: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  work();
  await after();
  return ((performance.now() - begin) * nanoseconds) / (runsPerRound * nodesPerRun);
}

heading(
  `Tracing: ${String(nodesPerRun)} nodes an execution, each with 4 inputs and 2 outputs, until its record is JSON`,
);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const provider = new BasicTracerProvider({
  spanProcessors: [
    new BatchSpanProcessor(jsonExporter, { maxQueueSize: 1_000_000, maxExportBatchSize: 512 }),
  ],
});
const ours: number[] = [];
const unmasked: number[] = [];
const unseen: number[] = [];
const measured: number[] = [];
const spans: number[] = [];
const spansUnseen: number[] = [];
const nothing = () => Promise.resolve();
for (let round = -3; round < rounds; round++) {
  const span = await timed(
    () => playSpans(provider),
    () => provider.forceFlush(),
  );
  const freshSpan = await timed(
    () => playSpans(provider, newInput, newOutput),
    () => provider.forceFlush(),
  );
  const node = await timed(() => playRobot({}), nothing);
  const fresh = await timed(() => playRobot({}, newInput, newOutput), nothing);
  const bare = await timed(() => playRobot({ mask: false }), nothing);
  const resources = await timed(() => playRobot({ resources: true }), nothing);
  if (round < 0) continue;
  measured.push(resources);
  spans.push(span);
  spansUnseen.push(freshSpan);
  ours.push(node);
  unseen.push(fresh);
  unmasked.push(bare);
}
report('a span of the OpenTelemetry SDK, written as OTLP', median(spans), 'ns');
report('a span whose values are new each time', median(spansUnseen), 'ns');
report('a node of ours, secrets hidden, written as JSON', median(ours), 'ns');
report('a node of ours, its values new, judged for the first time', median(unseen), 'ns');
report('a node of ours, mask: false', median(unmasked), 'ns');
report('a node of ours with resources: true', median(measured), 'ns');
report('a record of 20 nodes', median(ours) * nodesPerRun, 'ns');
const ratios = ours.map((node, round) => node / (spans[round] ?? Number.NaN));
report('ratio of node to span', median(ratios), '×', { atMost: 0.75 });
const ratioTo = (of: readonly number[]) =>
  median(unseen.map((node, round) => node / (of[round] ?? Number.NaN)));
report('ratio of such a node to such a span', ratioTo(spansUnseen), '×', { atMost: 0.75 });
report('ratio of such a node to a span of known values', ratioTo(spans), '×', { atMost: 0.75 });

heading('Memory: 1,000,000 nodes');
await memoryOver(1_000_000, 'to nowhere', {});

heading('With a producer');
const [port = 0] = await freePorts(1);
await withProducer('the broker is down', `127.0.0.1:${String(port)}`);
const broker = await startKafkaBroker({ optimized: true });
try {
  await withProducer('the broker takes them', broker.brokers);
} finally {
  await broker.stop();
}

/** The time that the robot loses, and what is left in memory, with a real producer behind. */
async function withProducer(name: string, servers: string): Promise<void> {
  const options = { enabled: true, servers: [servers], log: () => undefined };
  const producer = createKafkaProducerService(options);
  const times: number[] = [];
  const ratiosHere: number[] = [];
  // The first rounds fill the queue of a broker that is down.
  for (let round = -8; round < rounds; round++) {
    const alone = await timed(() => playRobot({}), nothing);
    const time = await timed(() => playRobot({ producer }), nothing);
    await new Promise(setImmediate);
    if (round < 0) continue;
    times.push(time);
    ratiosHere.push(time / alone);
  }
  report(`a node, ${name}`, median(times), 'ns');
  report('  beside a node to nowhere', median(ratiosHere), '×', { atMost: 1.3 });
  await memoryOver(1_000_000, name, { producer });
  await producer.close(1_000);
  const { delivered, dropped } = producer.stats;
  const reasons = [...dropped].map(([reason, count]) => `${reason} ${String(count)}`).join(', ');
  note(`${String(delivered)} records delivered, dropped: ${reasons === '' ? 'none' : reasons}`);
}

/** The heap after a tenth and after all of the nodes, in executions that end. */
async function memoryOver(
  nodes: number,
  name: string,
  options: Partial<TracerOptions>,
): Promise<void> {
  const used = () => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  };
  const each = nodesPerRun * runsPerRound;
  let first = 0;
  for (let done = 0; done < nodes; done += each) {
    playRobot(options);
    await new Promise(setImmediate);
    if (first === 0 && done >= nodes / 10) first = used();
  }
  const last = used();
  report(`heap after 100,000 nodes, ${name}`, first, 'MB');
  report(`growth to 1,000,000 nodes, ${name}`, last - first, 'MB', { atMost: 8 });
}
