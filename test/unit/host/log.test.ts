import { expect, test } from 'vitest';

import { createLog } from '../../../src/host/log.ts';

test.each(['debug', 'info', 'warn', 'error'] as const)('%s holds no credentials', (level) => {
  const lines: string[] = [];
  const write = (name: string) => (line: string) => {
    lines.push(`${name} ${line}`);
  };
  const channel = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  createLog(channel as never)(level, 'POST http://svc-user:hunter2@host/x?token=hunter2 failed');
  expect(lines).toEqual([`${level} POST http://host/x failed`]);
});
