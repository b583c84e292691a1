import { expect, test } from 'vitest';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { logLevel, type LogLevel } from '../../../src/trace/logLevel.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const table: Readonly<Record<LogLevel, readonly string[]>> = {
  error: [
    ...['ERROR', 'error', 'Err', 'fatal', 'FATAL', 'CRITICAL', 'SEVERE', 'crit', 'alert', 'emerg'],
    ...['[ERROR]', ' error: ', 'ERROR2', 'FATAL4', '错误', '严重', '40', '50', '60', '17', '21'],
  ],
  warning: ['WARN', 'warning', 'WARN3', '警告', '30', '13'],
  info: ['INFO', 'Information', 'notice', 'success', '20', '9'],
  debug: ['DEBUG', 'trace', 'verbose', 'FINE', '10', '5'],
  other: ['', 'stdout', '0', '-', 'errors in total'],
};

test.each(
  Object.entries(table).flatMap(([meant, levels]) =>
    levels.map((level) => [level, meant] as const),
  ),
)('%j means %s', (level, meant) => {
  expect(logLevel(level)).toBe(meant);
});

test.each([
  ['"level": "error"', 'level'],
  ['"level":"CRITICAL"', 'level'],
  ['"level": 50', 'level'],
  ['"levelname": "SEVERE"', 'levelname'],
  ['"severity": "ERROR"', 'severity'],
])('a log with %s is the error of its node', (part) => {
  const log = `{${part}, "message": "it broke"}`;
  const trace = [{ id: 'a', node_id: 'rpa::1', running_status: false, logs: [log] }];
  const sid = 'spf00970001@hf1a2094e36ee0009782';
  const record = recordWith({ sid, sub: 'workflow', status: { code: 1, message: 'x' }, trace });
  expect(openRecord(record, usualRules).execution().runs[0]?.error).toBe('it broke');
});
