import { expect, test, vi } from 'vitest';
import { stderrLog } from '../../../src/telemetry/telemetryLog.ts';

test('warnings and errors are said, the same one not again at once', () => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  let ms = 0;
  const log = stderrLog(() => ms);
  log('debug', 'no');
  log('info', 'no');
  log('warn', 'broker is down');
  log('warn', 'broker is down');
  log('error', 'wrong');
  ms = 4_999;
  log('warn', 'broker is down');
  ms = 5_000;
  log('warn', 'broker is down');
  expect(lines).toEqual([
    'rpa-trace-telemetry warn: broker is down\n',
    'rpa-trace-telemetry error: wrong\n',
    'rpa-trace-telemetry warn: broker is down (2 times more)\n',
  ]);
});
