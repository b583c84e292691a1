import { expect, test, vi } from 'vitest';

const lines: string[] = [];

vi.mock('vscode', () => {
  const write = (level: string) => (line: string) => {
    lines.push(`${level} ${line}`);
  };
  return {
    window: {
      createOutputChannel: () => ({
        debug: write('debug'),
        info: write('info'),
        warn: write('warn'),
        error: write('error'),
      }),
    },
  };
});

// Files of a thread share their modules, and another file may have given them a VS Code of its own.
vi.resetModules();
const { createLogChannel } = await import('../../../src/host/surfaces.ts');

test.each(['debug', 'info', 'warn', 'error'] as const)('%s holds no credentials', (level) => {
  lines.length = 0;
  const { log } = createLogChannel('RPA Trace');
  log(level, 'POST http://svc-user:hunter2@host/x?token=hunter2 failed');
  expect(lines).toEqual([`${level} POST http://host/x failed`]);
});
