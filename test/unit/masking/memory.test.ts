import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

const modules = {
  redact: new URL('../../../src/masking/redact.ts', import.meta.url).href,
  rules: new URL('../../../src/masking/createRedactionRules.ts', import.meta.url).href,
};

/** Masks a text of so many pieces in a thread with a small heap, and tells how long it is then. */
const masking = `
  const { parentPort, workerData: { modules, piece, count } } = require('node:worker_threads');
  Promise.all([import(modules.redact), import(modules.rules)]).then(([redact, rules]) => {
    const redactor = redact.createRedactor([], rules.createRedactionRules());
    parentPort.postMessage(redactor.text(piece.repeat(count)).length);
  });
`;

// The engine has 512 MB, and a record may have 100: what is kept of each sign is no object.
test.each(['é', '\u0440', 'ü ', '&#61;', '%41'])(
  'a text that is %j again and again is masked in ten bytes and some for each sign',
  async (piece) => {
    const worker = new Worker(masking, {
      eval: true,
      execArgv: ['--experimental-strip-types', '--no-warnings'],
      workerData: { modules, piece, count: 1_500_000 },
      resourceLimits: { maxOldGenerationSizeMb: 80 },
    });
    const [length] = (await once(worker, 'message')) as [number];
    expect(length).toBe(1_500_000 * piece.length);
    await worker.terminate();
  },
);
