import { expect, test } from 'vitest';
import { createLogChannel } from '../../../src/host/surfaces.ts';
import type { Vscode } from '../../../src/host/vscode.ts';

const lines: string[] = [];

const write = (level: string) => (line: string) => {
  lines.push(`${level} ${line}`);
};
const vscode = {
  window: {
    createOutputChannel: () => ({
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    }),
  },
} as never as Vscode;

test.each(['debug', 'info', 'warn', 'error'] as const)('%s holds no credentials', (level) => {
  lines.length = 0;
  const { log } = createLogChannel(vscode, 'RPA Trace');
  log(level, 'POST http://svc-user:hunter2@host/x?token=hunter2 failed');
  expect(lines).toEqual([`${level} POST http://host/x failed`]);
});
