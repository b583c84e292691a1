import { expect, test } from 'vitest';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { logLevel, type LogLevel } from '../../../src/trace/logLevel.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const table: Readonly<Record<LogLevel, readonly string[]>> = {
  error: [
    ...['ERROR', 'error', 'Err', 'fatal', 'FATAL', 'CRITICAL', 'SEVERE', 'crit', 'alert', 'emerg'],
    ...[
      '[ERROR]',
      ' error: ',
      'ERROR2',
      'FATAL4',
      '错误',
      '严重',
      '致命错误',
      '严重错误',
      '失败',
      'ERROR:root',
      '40',
      '50',
      '60',
      '17',
      '21',
    ],
    ...['E', 'F', '<3>', '0', '1', '2', '3', '异常', 'FAIL', 'LogLevel.ERROR', 'log.error'],
    ...['SeverityNumber.FATAL', 'ERROR/MainProcess', 'Error (3)', 'エラー'],
  ],
  warning: ['WARN', 'warning', 'WARN3', '警告', '告警', '30', '13', 'W', '4', 'LogLevel.WARNING'],
  info: ['INFO', 'Information', 'notice', 'success', '20', '9', 'I', '5', '6'],
  debug: ['DEBUG', 'trace', 'verbose', 'FINE', '10', '7', 'D', '8'],
  other: ['', 'stdout', '-', 'errors in total', '99999', 'no error', 'x'],
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
  ['"lvl": "err"', 'lvl'],
  ['"logLevel": "Fatal"', 'logLevel'],
  ['"log.level": "error"', 'log.level'],
  ['"Level": "Error"', 'Level'],
  ['"@l": "Error"', '@l'],
  ['"severity_text": "ERROR"', 'severity_text'],
  ['"severityNumber": 17', 'severityNumber'],
  ['"level_name": "CRITICAL"', 'level_name'],
  ['"PRIORITY": "3"', 'PRIORITY'],
  ['"level": {"name": "ERROR", "no": 40}', 'level'],
])('a log with %s is the error of its node', (part) => {
  const log = `{${part}, "message": "it broke"}`;
  const trace = [{ id: 'a', node_id: 'rpa::1', running_status: false, logs: [log] }];
  const sid = 'spf00970001@hf1a2094e36ee0009782';
  const record = recordWith({ sid, sub: 'workflow', status: { code: 1, message: 'x' }, trace });
  expect(openRecord(record, usualRules).execution().runs[0]?.error).toBe('it broke');
});

test.each([
  ['{"name":"robot","level":50,"msg":"it broke","time":"2026-11-24T08:00:00Z","v":0}', 'bunyan'],
  ['{"level":"error","msg":"it broke"}', 'pino, zap'],
  ['{"version":"1.1","short_message":"it broke","level":3}', 'GELF'],
  ['{"@t":"2026-11-24T08:00:00Z","@m":"it broke","@l":"Error"}', 'Serilog'],
  ['{"Timestamp":"2026","Level":"Error","RenderedMessage":"it broke"}', 'Serilog in full'],
  ['{"@timestamp":"2026","log.level":"error","message":"it broke"}', 'ECS'],
  ['{"text":"x","record":{"level":{"name":"ERROR","no":40},"message":"it broke"}}', 'loguru'],
  ['{"severityText":"ERROR","body":"it broke"}', 'OpenTelemetry'],
])('%s is an error of its node, as %s writes it', (log) => {
  const trace = [{ id: 'a', node_id: 'rpa::1', running_status: false, logs: [log] }];
  const sid = 'spf00970001@hf1a2094e36ee0009782';
  const record = recordWith({ sid, sub: 'workflow', status: { code: 1, message: 'x' }, trace });
  expect(openRecord(record, usualRules).execution().runs[0]?.error).toBe('it broke');
});
