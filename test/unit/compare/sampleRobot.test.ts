import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { treeCommand } from '../../../scripts/tree.ts';
import { toldSteps } from '../../../src/sources/sample/sampleRobot.ts';
import { written } from '../../../src/sources/sample/wireRecord.ts';

/** What the sample robot ran before anybody looked, as lines: the newest one did not find its button. */
function history(seed: number): string {
  const lines: string[] = [];
  for (const { afterMs, record } of toldSteps({ seed, startMs: Date.UTC(2026, 10, 30, 8) })) {
    if (afterMs > 0) break;
    lines.push(written(record));
  }
  return `${lines.join('\n')}\n`;
}

// One of them was urgent, as no good run was: that may be why.
it.each([20_251, 1, 2, 3, 4, 5])('no invoice is blamed for a missing button: %i', async (seed) => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-robot-'));
  try {
    const file = join(folder, 'history.jsonl');
    writeFileSync(file, history(seed));
    const { stdout } = await treeCommand([file, '--compare', file], () => new Uint8Array());
    expect(stdout).toMatch(
      /^(?:First difference: “录入 ERP” failed, which it didn’t before; it received different data\.|It was started with different data\. .*None of \d good runs had it\. .*“录入 ERP” failed after it\.) Its error: “element not found: #btnSave”\. /,
    );
    expect(stdout).toMatch(/^ {2}Started with: .*different in each run$/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
