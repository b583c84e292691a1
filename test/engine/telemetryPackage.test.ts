/** The npm package, installed into an empty project, under each Node that it is for. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
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
  async function play(library, { initMetrics }) {
    const { createTracer, traced, Meter, createKafkaProducerService } = library;
    const records = [];
    const producer = { send: (topic, value) => records.push(value) > 0 };
    const tracer = createTracer({ flowId: 'f', producer, appId: 'app' });
    await tracer.run({ question: '问' }, async () => {
      await traced('rpa::1', { no: 1 }, async () => ({ ok: true }));
    });
    await tracer.close();
    const said = [];
    const metrics = await initMetrics({
      endpoint: '127.0.0.1:9', timeoutMs: 500, exportTimeoutMs: 500, log: (level, text) => said.push(text),
    });
    new Meter(metrics, { func: 'f' }).inSuccessCount();
    await metrics.close();
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
      metrics: said.join(),
      refused: lines.some((line) => /nothing listens at 127.0.0.1:9/.test(line)),
    }));
    process.exit();
  }
`;

const expected = (line: NodeLine) => ({
  node: String(line),
  question: '问',
  trace: [['rpa::1', ['{"name": "ok", "value": "True"}']]],
  metrics: expect.stringContaining('connect ECONNREFUSED 127.0.0.1:9') as string,
  refused: true,
});

describe.each([20, 22, 24] as const)('under Node %d', (line) => {
  const node = required(
    () => nodeOfLine(line),
    () => Promise.resolve(),
  );

  test.each([
    [
      'a module',
      'robot.mjs',
      `import * as library from 'rpa-trace-telemetry'; import * as metrics from 'rpa-trace-telemetry/metrics';`,
    ],
    [
      'CommonJS',
      'robot.cjs',
      `const library = require('rpa-trace-telemetry'); const metrics = require('rpa-trace-telemetry/metrics');`,
    ],
  ])('it works from %s', async (_name, file, load) => {
    await writeFile(join(project(), file), `${load}\n${robot}\nvoid play(library, metrics);\n`);
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

/** A robot that uses every entry, and says what became of it where nobody listens. */
const robotOfAll = `
  import { createServer } from 'node:http';
  import { createKafkaProducerService, createTracer, Meter } from 'rpa-trace-telemetry';
  import { initMetrics } from 'rpa-trace-telemetry/metrics';
  import { tracePage } from 'rpa-trace-telemetry/playwright';
  import { S3LargeFieldStore } from 'rpa-trace-telemetry/s3';

  async function play() {
    const lines = [];
    const log = (level, text) => level === 'warn' && lines.push(text);
    const options = { enabled: true, servers: ['127.0.0.1:9'], timeoutMs: 2000, log };
    const producer = createKafkaProducerService(options);
    createTracer({ flowId: 'f', producer, endWithProcess: false }).run({}, () => 1);
    await producer.flush();

    const paths = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      request.resume();
      response.end();
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const http = { endpoint: 'http://127.0.0.1:' + server.address().port, protocol: 'http/protobuf' };
    const grpc = { endpoint: '127.0.0.1:9', timeoutMs: 500, exportTimeoutMs: 500 };
    for (const options of [http, grpc]) {
      const metrics = await initMetrics({ ...options, log });
      new Meter(metrics, { func: 'f' }).inSuccessCount();
      await metrics.close();
    }

    const key = { accessKeyId: 'a', secretAccessKey: 'b' };
    const store = new S3LargeFieldStore({ endpoint: 'http://127.0.0.1:9', ...key });
    const stored = await store.upload('x', new Uint8Array(3)).catch(String);

    const nodes = [];
    const sender = {
      send: (topic, value) => nodes.push(...JSON.parse(value).trace.map((entry) => entry.node_id)) > 0,
    };
    const page = tracePage({ goto: async () => 1, url: () => '' }, { screenshots: false });
    const tracer = createTracer({ flowId: 'f', producer: sender, endWithProcess: false });
    await tracer.run({}, () => page.goto('http://shop'));

    console.log(JSON.stringify({ lines, paths, stored, nodes }));
    process.exit();
  }
  void play();
`;

/** All of it stands in one file, and nothing is found beside it. */
test.each([
  ['a module', 'esm', 'robot.mjs'],
  ['CommonJS', 'cjs', 'robot.cjs'],
] as const)('bundled with esbuild into %s every entry works', async (_name, format, file) => {
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-bundle-'));
  try {
    await build({
      stdin: { contents: robotOfAll, resolveDir: project() },
      outfile: join(folder, file),
      bundle: true,
      platform: 'node',
      format,
      logLevel: 'silent',
    });
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    const refused = /ECONNREFUSED 127\.0\.0\.1:9/;
    expect(JSON.parse(stdout)).toEqual({
      lines: [
        expect.stringMatching(/^No traces are delivered: nothing listens at 127\.0\.0\.1:9 /),
        expect.stringMatching(refused),
      ],
      paths: ['/v1/metrics'],
      stored: expect.stringMatching(refused) as string,
      nodes: ['page::goto http://shop'],
    });
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
    expect.stringMatching(/^(kafkajs|@opentelemetry|@grpc|@aws-sdk)/),
  );
  // Most of it is what hides secrets, and grows with each notation of them.
  expect(classes.text.length).toBeLessThan(133_500);
});

test('it is what npm, bundlers and compilers expect of a package, and small', async () => {
  const folder = join(project(), 'node_modules', 'rpa-trace-telemetry');
  const { messages } = await publint({ pkgDir: folder, strict: true, pack: false });
  expect(messages).toEqual([]);
  const [tarball = ''] = (await readdir(project())).filter((name) => name.endsWith('.tgz'));
  const packed = createPackageFromTarballData(await readFile(join(project(), tarball)));
  const analysis = await checkPackage(packed);
  const problems = analysis.types === false ? ['no types'] : analysis.problems;
  // Node 10 knows no entries.
  const real = problems.filter((each) => !JSON.stringify(each).includes('"node10"'));
  expect(real).toEqual([]);
  let bytes = 0;
  const all = await readdir(join(project(), 'node_modules'), {
    recursive: true,
    withFileTypes: true,
  });
  for (const item of all) {
    if (item.isFile()) bytes += (await stat(join(item.parentPath, item.name))).size;
  }
  expect(bytes).toBeLessThan(6_000_000);
});

/** What the examples of the page have of their own, as globals, so that they may declare some themselves. */
const world = `
  import * as library from 'rpa-trace-telemetry';
  const producer = { send: () => true };
  Object.assign(globalThis, library, {
    ...{ url: 'https://erp.example', user: 'mei', orders: ['SO-1'], appId: 'a', flowId: 'f', topic: 't' },
    ...{ producer, nextSid: library.createSidGenerator(), logIn: async () => true },
    ...{ open: async () => ({ read: async () => ({ no: 'SO-1' }) }), enter: async () => undefined },
    tracer: library.createTracer({ flowId: 'f', producer }),
  });
`;
/** A browser of which nothing is asked: a real one is traced in a test of its own. */
const playwright = `
  const locator = { fill: async () => undefined, click: async () => undefined };
  const page = () => ({
    ...{ goto: async () => undefined, url: () => '', screenshot: async () => new Uint8Array() },
    ...{ getByLabel: () => ({ ...locator }), getByRole: () => ({ ...locator }) },
  });
  export const chromium = {
    launch: async () => ({ newPage: async () => page(), close: async () => undefined }),
  };
`;

describe.each(['README.md', 'README.zh-cn.md'])('each example of %s', (name) => {
  test('runs as it stands', async () => {
    const node = await nodeOfLine(24);
    const folder = join(project(), 'examples');
    const stub = join(project(), 'node_modules', 'playwright');
    await Promise.all([folder, stub].map((each) => mkdir(each, { recursive: true })));
    await writeFile(join(stub, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
    await writeFile(join(stub, 'index.js'), playwright);
    await writeFile(join(folder, 'world.mjs'), world);
    const readme = await readFile(join(repositoryRoot, 'src/telemetry', name), 'utf8');
    const examples = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(7);
    const env = { OTLP_ENABLE: '0' };
    await Promise.all(
      examples.map(async (text, at) => {
        const file = join(folder, `${name}-${String(at)}.mts`);
        await writeFile(file, text);
        await run(node, ['--import', './world.mjs', file], { cwd: folder, env });
      }),
    );
    await rm(stub, { recursive: true });
  });
});

test('the table of options names each of them, in both languages', async () => {
  const declared = await readFile(join(repositoryRoot, 'src/telemetry/tracer.ts'), 'utf8');
  const body = /export interface TracerOptions \{([^]*?)\n\}/.exec(declared)?.[1] ?? '';
  const options = [...body.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name = '']) => name);
  expect(options.length).toBeGreaterThan(20);
  for (const name of ['README.md', 'README.zh-cn.md']) {
    const readme = await readFile(join(repositoryRoot, 'src/telemetry', name), 'utf8');
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'));
    const missing = options.filter((option) => !rows.some((row) => row.includes(`\`${option}\``)));
    expect(missing, name).toEqual([]);
  }
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
