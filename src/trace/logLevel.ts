/** The levels of a log, lowest first; `other` is a word we don't know. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'other';

/** The words of the loggers in use: Python, Java, .NET, log4j, syslog, loguru, OpenTelemetry. */
const words: ReadonlyMap<string, LogLevel> = new Map([
  ...(
    [
      'trace',
      'debug',
      'verbose',
      'fine',
      'finer',
      'finest',
      'all',
      'dbg',
      'vrb',
      'd',
      'v',
      '调试',
    ] as const
  ).map((word) => [word, 'debug'] as const),
  ...(
    [
      'info',
      'information',
      'informational',
      'notice',
      'success',
      'config',
      'log',
      'inf',
      'i',
      '信息',
    ] as const
  ).map((word) => [word, 'info'] as const),
  ...(['warn', 'warning', 'wrn', 'w', '警告', '告警'] as const).map(
    (word) => [word, 'warning'] as const,
  ),
  ...(
    [
      ...['error', 'err', 'fatal', 'critical', 'severe', 'crit', 'ftl', 'exception'],
      ...['e', 'f', '异常', '紧急', 'エラー'],
      ...[
        'alert',
        'emerg',
        'emergency',
        'panic',
        'fail',
        'failed',
        'failure',
        '错误',
        '严重',
        '致命',
        '失败',
      ],
    ] as const
  ).map((word) => [word, 'error'] as const),
]);

/**
 * The level that a word or a number means, in any case, with what loggers put around it (`[ERROR]`, `error:`,
 * `LogLevel.ERROR`, `ERROR/MainProcess`, `ERROR:root`, `ERROR2` of OpenTelemetry).
 */
export function logLevel(level: string): LogLevel {
  const word = level
    .trim()
    .slice(0, 40)
    .replace(/^(?:[a-z]{2,20}\.)(?=[a-z]+\d?$)/i, '')
    .replace(/(?:[/:][\w-]+|\s?\(\d{1,2}\))$/, '')
    .replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')
    .toLowerCase();
  const known = words.get(word) ?? words.get(word.replace(/[2-4]$|错误$/, ''));
  return known ?? (/^\d{1,2}$/.test(word) ? levelOfNumber(Number(word)) : 'other');
}

/**
 * syslog counts down from 7, OpenTelemetry up to 24, Python in tens to 50, bunyan and pino to 60. Where two of them
 * differ, the one is meant that robots are more likely to write: syslog below 8, Python for 20 and 40.
 */
function levelOfNumber(number: number): LogLevel {
  if (number <= 3 || number >= 40 || (number >= 17 && number <= 24 && number !== 20))
    return 'error';
  if (number === 4 || number === 30 || (number >= 13 && number <= 16)) return 'warning';
  if (
    number === 20 ||
    number === 5 ||
    number === 6 ||
    number === 9 ||
    number === 11 ||
    number === 12
  )
    return 'info';
  return 'debug';
}

/** Whether a line says that something went wrong. */
export function isErrorLevel(level: string): boolean {
  return logLevel(level) === 'error';
}
