/** The npm package, installed into an empty project, under each Node that it is for. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { canRun, run } from '../support/childProcess.ts';
import { nodeOfLine } from '../support/nodeVersions.ts';
import type { NodeLine } from '../support/nodeVersions.ts';
import { repositoryRoot } from '../support/paths.ts';
import { required } from '../support/required.ts';
import { packTelemetry } from '../../scripts/packageTelemetry.ts';
import { Unavailable } from '../support/unavailable.ts';

/** An empty project into which the packed library is installed, its dependencies by npm itself. */
const project = required(
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-project-'));
    const file = await packTelemetry(folder);
    await writeFile(join(folder, 'package.json'), '{ "name": "robot", "private": true }');
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `./${file}`];
    const shell = process.platform === 'win32';
    if (!(await canRun('npm', ['ping'], { shell }))) {
      throw new Unavailable('npm reaches no registry for the dependencies of the package.');
    }
    await run('npm', args, { cwd: folder, shell });
    return folder;
  },
  (folder) => rm(folder, { recursive: true, force: true }),
);

/** What a robot does with it, whichever way it got `library`. */
const robot = `
  async function play(library) {
    const { createTracer, traced, initMetrics, Meter, createKafkaProducerService } = library;
    const records = [];
    const producer = { send: (topic, value) => records.push(value) > 0 };
    const tracer = createTracer({ flowId: 'f', producer, appId: 'app' });
    await tracer.run({ question: '问' }, async () => {
      await traced('rpa::1', { no: 1 }, async () => ({ ok: true }));
    });
    await tracer.close();
    const metrics = await initMetrics({ endpoint: '127.0.0.1:9', log: () => undefined, timeoutMs: 100, exportIntervalMs: 3600000 });
    new Meter(metrics, { func: 'f' }).inSuccessCount();
    // The client is loaded, though nobody is there.
    const lines = [];
    const service = createKafkaProducerService({
      enabled: true, servers: ['127.0.0.1:9'], deliveryTimeoutMs: 500, log: (level, text) => lines.push(text),
    });
    await service.deliver('t', 'x').catch((error) => lines.push(error.reason));
    await service.close();
    const record = JSON.parse(records[0]);
    console.log(JSON.stringify({
      node: process.versions.node.split('.')[0],
      question: record.question,
      trace: record.trace.map(({ node_id, data }) => [node_id, data.output_vars]),
      counter: metrics.counter.constructor.name,
      refused: lines.some((line) => /nothing listens at 127.0.0.1:9/.test(line)),
    }));
    process.exit();
  }
`;

const expected = (line: NodeLine) => ({
  node: String(line),
  question: '问',
  trace: [['rpa::1', ['{"name": "ok", "value": "True"}']]],
  counter: 'CounterInstrument',
  refused: true,
});

describe.each([20, 22, 24] as const)('under Node %d', (line) => {
  const node = required(
    () => nodeOfLine(line),
    () => Promise.resolve(),
  );

  test.each([
    ['a module', 'robot.mjs', `import * as library from 'rpa-trace-telemetry';`],
    ['CommonJS', 'robot.cjs', `const library = require('rpa-trace-telemetry');`],
  ])('it works from %s', async (_name, file, load) => {
    await writeFile(join(project(), file), `${load}\n${robot}\nvoid play(library);\n`);
    const { stdout } = await run(node(), [file], { cwd: project() });
    expect(JSON.parse(stdout)).toEqual(expected(line));
  });

  test('a module and CommonJS in one robot share their executions', async () => {
    const text = `
      import { createRequire } from 'node:module';
      import { createTracer } from 'rpa-trace-telemetry';
      const { traced } = createRequire(import.meta.url)('rpa-trace-telemetry');
      const producer = { send: (topic, value) => { console.log(JSON.parse(value).trace.length); return true; } };
      createTracer({ flowId: 'f', producer }).run({}, () => traced('a', {}, () => 1));
    `;
    await writeFile(join(project(), 'both.mjs'), text);
    const { stdout } = await run(node(), ['both.mjs'], { cwd: project() });
    expect(stdout).toBe('1\n');
  });
});

/** A robot that is one file: what it uses stands in it, and nothing of it is found beside it. */
test.each([
  ['a module', 'esm', 'robot.mjs'],
  ['CommonJS', 'cjs', 'robot.cjs'],
] as const)('bundled with esbuild into %s it reaches for Kafka', async (_name, format, file) => {
  const contents = `
      import { createTracer, createKafkaProducerService } from 'rpa-trace-telemetry';
      const log = (level, text) => level === 'warn' && console.log(text);
      const options = { enabled: true, servers: ['127.0.0.1:9'], timeoutMs: 2000, log };
      const producer = createKafkaProducerService(options);
      createTracer({ flowId: 'f', producer }).run({}, () => 1);
      producer.flush().then(() => process.exit());
    `;
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-bundle-'));
  try {
    await build({
      stdin: { contents, resolveDir: project() },
      outfile: join(folder, file),
      bundle: true,
      platform: 'node',
      format,
      logLevel: 'silent',
    });
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    expect(stdout).toMatch(/^No traces are delivered: nothing listens at 127\.0\.0\.1:9 /);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** What the first example of the page has of its own. */
const stubs = `
  declare const url: string;
  declare function open(url: string): Promise<{ read(): Promise<{ no: string }> }>;
  declare function enter(fields: { no: string }): Promise<void>;
`;

test('its types hold in a module and in CommonJS, and so does the first example', async () => {
  const text = `
    import { createTracer, KafkaProducerService, KafkaProducerServiceFactory, traced, WorkflowLog } from 'rpa-trace-telemetry';
    import type { KafkaProducerServiceOptions, LargeFieldStore, TracedNode } from 'rpa-trace-telemetry';
    import { S3LargeFieldStore } from 'rpa-trace-telemetry/s3';
    const tracer = createTracer({ flowId: 'f' });
    const total: Promise<number> = tracer.run({}, async () => traced('a', { x: 1 }, (node: TracedNode) => node.logId.length));
    // @ts-expect-error: a flow has to be named.
    createTracer({});
    interface Order { readonly no: string }
    const order: Order = { no: 'A1' };
    void tracer.run(() => traced('a', order, () => traced('b', () => 1)));
    const made: KafkaProducerServiceOptions = { servers: ['a:1'], tls: undefined, enabled: false };
    void new KafkaProducerService(made);
    void new KafkaProducerServiceFactory().create({ enabled: false, servers: undefined });
    // @ts-expect-error: a record has a sid.
    new WorkflowLog({ flowId: 'f' });
    void total;
    const store: LargeFieldStore = new S3LargeFieldStore({ endpoint: 'http://127.0.0.1:9' });
    createTracer({ flowId: 'f', largeFieldStore: store });
  `;
  // Checked together: the libraries that both read take the compiler most of its time.
  const files = ['robot.mts', 'robot.cts'];
  for (const file of files) await writeFile(join(project(), file), text);
  const readme = await readFile(join(repositoryRoot, 'src/telemetry/README.md'), 'utf8');
  const example = /```ts\n([^]*?)```/.exec(readme)?.[1] ?? '';
  await writeFile(join(project(), 'example.mts'), `${stubs}\n${example}`);
  const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  const options = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ];
  const types = ['--types', 'node', '--typeRoots', join(repositoryRoot, 'node_modules/@types')];
  await run(process.execPath, [compiler, ...options, ...types, ...files, 'example.mts'], {
    cwd: project(),
  });
});

test('what is not used is left out of a bundle', async () => {
  const bundleOf = async (contents: string) => {
    const { metafile, outputFiles } = await build({
      stdin: { contents, resolveDir: project() },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      minify: true,
      metafile: true,
      logLevel: 'silent',
    });
    const [output] = Object.values(metafile.outputs);
    return { text: outputFiles[0]?.text ?? '', output };
  };
  const nothing = await bundleOf(`import 'rpa-trace-telemetry';`);
  expect(nothing.text).toBe('');
  const classes = await bundleOf(
    `import { WorkflowLog } from 'rpa-trace-telemetry'; console.log(WorkflowLog);`,
  );
  const inputs = Object.entries(classes.output?.inputs ?? {}).filter(
    ([, { bytesInOutput }]) => bytesInOutput > 0,
  );
  expect(inputs.map(([path]) => path.replace(/^.*node_modules\//, ''))).not.toContainEqual(
    expect.stringMatching(/^(kafkajs|@opentelemetry|@grpc)/),
  );
  // Most of it is what hides secrets.
  expect(classes.text.length).toBeLessThan(120_000);
});

test('it holds its pages, its licence and nothing else', async () => {
  const folder = join(project(), 'node_modules', 'rpa-trace-telemetry');
  const licence = await readFile(join(folder, 'LICENSE'), 'utf8');
  expect(licence).toContain('Apache License');
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toMatch(/^# rpa-trace-telemetry/);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  expect(manifest).toMatchObject({ license: 'Apache-2.0', sideEffects: false });
  expect(manifest).not.toHaveProperty('scripts');
});
