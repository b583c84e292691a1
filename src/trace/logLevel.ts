/** The levels of a log, lowest first; `other` is a word we don't know. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'other';

/** The words of the loggers in use: Python, Java, .NET, log4j, syslog, loguru, OpenTelemetry. */
const words: ReadonlyMap<string, LogLevel> = new Map([
  ...(
    ['trace', 'debug', 'verbose', 'fine', 'finer', 'finest', 'all', 'dbg', 'vrb', '调试'] as const
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
      '信息',
    ] as const
  ).map((word) => [word, 'info'] as const),
  ...(['warn', 'warning', 'wrn', '警告'] as const).map((word) => [word, 'warning'] as const),
  ...(
    [
      ...['error', 'err', 'fatal', 'critical', 'severe', 'crit', 'ftl', 'exception'],
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
      ],
    ] as const
  ).map((word) => [word, 'error'] as const),
]);

/**
 * The level that a word or a number means, in any case, with what loggers put around it (`[ERROR]`, `error:`,
 * `ERROR2` of OpenTelemetry). Numbers: OpenTelemetry counts to 24, Python in tens to 50, pino to 60; where these two
 * differ (40) Python is meant, for robots are written in it.
 */
export function logLevel(level: string): LogLevel {
  const word = level
    .trim()
    .slice(0, 40)
    .replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')
    .toLowerCase();
  const known = words.get(word) ?? words.get(word.replace(/[2-4]$/, ''));
  if (known !== undefined) return known;
  if (!/^\d{1,2}$/.test(word)) return 'other';
  const number = Number(word);
  if (number >= 40 || (number >= 17 && number <= 24 && number !== 20)) return 'error';
  if (number === 30 || (number >= 13 && number <= 16)) return 'warning';
  if (number === 20 || (number >= 9 && number <= 12 && number !== 10)) return 'info';
  return number >= 1 ? 'debug' : 'other';
}

/** Whether a line says that something went wrong. */
export function isErrorLevel(level: string): boolean {
  return logLevel(level) === 'error';
}
