import { linearPattern } from '../../../src/masking/linearPattern.ts';
import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { compilePattern } from '../../../src/masking/compilePattern.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import {
  createUserPatterns,
  type PatternLimits,
  type PatternProblem,
} from '../../../src/masking/userPatterns.ts';
import { recordOf, recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const slow = '\\w*\\w*\\w*\\w*\\w*\\w*\\w*\\w*=';
const limits: PatternLimits = { recordMs: 50, patternMs: 50, patternMsPerChar: 0 };
const told = (problem: PatternProblem) => {
  expect.fail(`told of pattern ${String(problem.index)}: ${problem.fault.kind}`);
};

describe('a pattern of the settings', () => {
  it.each<[string, string]>([
    ['(', 'invalid'],
    ['[z-a]', 'invalid'],
    ['/a/x', 'unknownFlag'],
    ['/a/y', 'unknownFlag'],
    ['.*', 'matchesEmpty'],
    ['x?', 'matchesEmpty'],
    ['a|', 'matchesEmpty'],
    ['^', 'matchesEmpty'],
    ['a'.repeat(1_001), 'tooLong'],
    ['(a)\\1', 'tooSlow'],
    ['(?<x>a)\\k<x>', 'tooSlow'],
    ['(a+)+(?=b)', 'tooSlow'],
  ])('%s is refused: %s', (source, kind) => {
    const problems: PatternProblem[] = [];
    const patterns = createUserPatterns(
      [source],
      (problem) => problems.push(problem),
      linearPattern,
    );
    expect(problems).toMatchObject([{ index: 0, fault: { kind } }]);
    expect(patterns.any).toBe(false);
  });

  it.each<[string, string, string]>([
    ['(a+)+$', `${'a'.repeat(5_000)}!`, `${'a'.repeat(5_000)}!`],
    ['(a|a)*b', `${'a'.repeat(5_000)}b!`, '••••aaab!'],
    ['(?:a?b?)*c', `${'ab'.repeat(5_000)}c`, '••••babc'],
    ['((ab)*c*)+d', `${'ab'.repeat(5_000)}d`, '••••babd'],
    ['(?<x>a+){2,}', 'aaa', '••••'],
    ['(\\w+\\s?)+:', `${'a'.repeat(5_000)}: b`, '••••aaa: b'],
  ])('%s, which may take twice as long for each character, is applied all the same', (...row) => {
    const [source, given, masked] = row;
    expect(compilePattern(source)).toMatchObject({ ok: true, value: { mayExplode: true } });
    const patterns = createUserPatterns([source], told, linearPattern);
    expect(patterns.mask(given)).toBe(masked);
  });

  it.each<[string, string, string]>([
    ['EMP-\\d{6}', 'of EMP-123456 here', 'of •••• here'],
    ['/emp-\\d+/i', 'of EMP-12 and emp-3', 'of •••• and ••••'],
    ['(?:\\d{1,3}\\.){3}\\d{1,3}', 'at 10.0.0.12:80', 'at ••••:80'],
    ['\\b[A-Z]{2}\\d{2}(?: \\d{4}){5}\\b', 'IBAN DE44 5001 0517 5407 3249 3100', 'IBAN ••••3100'],
    ['(cat|dog)-\\d', 'a dog-1', 'a ••••'],
    ['[(+*]x', 'f(x', 'f••••'],
    ['客户\\d+', '客户1024 来电', '•••• 来电'],
  ])('%s masks what it finds', (pattern, given, masked) => {
    const problems: PatternProblem[] = [];
    const rules = createRedactionRules({ patterns: [pattern], names: [] }, (p) => problems.push(p));
    expect(createRedactor([], rules).text(given)).toBe(masked);
    expect(problems).toStrictEqual([]);
  });

  it('is told by its place, and the others are applied', () => {
    const problems: PatternProblem[] = [];
    const asked = { patterns: ['(', 'SO-\\d+', '(a)\\1'], names: [] };
    const rules = createRedactionRules(asked, (problem) => problems.push(problem));
    expect(createRedactor([], rules).text('order SO-1001')).toBe('order ••••');
    expect(problems.map(({ index, fault }) => [index, fault.kind])).toStrictEqual([
      [0, 'invalid'],
      [2, 'tooSlow'],
    ]);
  });

  it('that takes for ever on some text finds the same in another way', () => {
    const patterns = createUserPatterns([slow, 'SO-\\d+'], told, linearPattern);
    const text = `${'a'.repeat(3_000)} SO-1001 ${'b'.repeat(300)}=`;
    const masked = `${'a'.repeat(3_000)} •••• ••••bbb=`;
    // Left alone, it takes minutes, which no test has.
    expect(patterns.guard(() => patterns.mask(text))).toBe(masked);
    expect(patterns.guard(() => patterns.mask(text))).toBe(masked);
    expect(patterns.mask(text)).toBe(masked);
  });

  it('is not blamed for what else took long, and is applied to what comes next', () => {
    // The pattern's own limit is out of reach, whatever else this machine does.
    const patient = { ...limits, patternMs: 20_000 };
    const patterns = createUserPatterns(['SO-\\d+', 'KD-(?=\\d)'], told, linearPattern, patient);
    let isAgain = false;
    const masked = patterns.guard(() => {
      const before = patterns.mask('SO-1000');
      // The first time it never ends by itself.
      if (!isAgain) for (isAgain = true; ;);
      return `${before} ${patterns.mask('SO-1001 KD-1')}`;
    });
    expect(masked).toBe('•••• •••• ••••1');
    expect(patterns.guard(() => patterns.mask('SO-1002'))).toBe('••••');
  });

  it('that has no other way is given up: told once, and all is hidden from there on', () => {
    const problems: PatternProblem[] = [];
    // Time enough for the one that isn't slow, whatever else this machine does.
    const patient = { ...limits, patternMs: 1_000 };
    const patterns = createUserPatterns(
      ['SO-\\d+', `${slow}(?=!)`],
      (problem) => problems.push(problem),
      linearPattern,
      patient,
    );
    const long = 'a'.repeat(3_000);
    const texts = () => [patterns.mask('one SO-1'), patterns.mask(long), patterns.mask('SO-2')];
    expect(patterns.guard(texts)).toStrictEqual(['one ••••', '••••', '••••']);
    expect(patterns.guard(texts)).toStrictEqual(['••••', '••••', '••••']);
    expect([patterns.mask('three'), patterns.mask('')]).toStrictEqual(['••••', '']);
    expect(problems).toStrictEqual([{ index: 1, fault: { kind: 'givenUp' } }]);
  });

  it('that takes its time in many texts of one record is given up as well', () => {
    const problems: PatternProblem[] = [];
    const patterns = createUserPatterns(
      [`${slow}(?=!)`],
      (problem) => problems.push(problem),
      linearPattern,
      limits,
    );
    const masked = patterns.guard(() =>
      Array.from({ length: 10_000 }, () => patterns.mask('a'.repeat(24))),
    );
    expect(masked.at(-1)).toBe('••••');
    expect(problems).toHaveLength(1);
  });

  it('lets errors of guarded work through', () => {
    const patterns = createUserPatterns(['x1'], () => undefined, linearPattern);
    const work = () => {
      throw new TypeError('mine');
    };
    expect(() => patterns.guard(work)).toThrow('mine');
  });
});

describe('names of the settings', () => {
  const rules = createRedactionRules({
    patterns: [],
    names: ['employee_no', '身份证号', 'Pass-Phrase2'],
  });
  const redactor = createRedactor([], rules);
  it.each([
    ['employee_no: 77120', 'employee_no: ••••'],
    ['{"employeeNo": "E-77120", "a": 1}', '{"employeeNo": "••••", "a": 1}'],
    ['EMPLOYEE-NO=E77120', 'EMPLOYEE-NO=••••'],
    ['{"身份证号": "340102199001011234"}', '{"身份证号": "••••1234"}'],
    ['employee_name: Bob', 'employee_name: Bob'],
  ])('%s', (given, masked) => {
    expect(redactor.text(given)).toBe(masked);
  });

  it('mask fields of values too', () => {
    expect(redactor.named('data', { EmployeeNo: 77_120, employees: 2 })).toStrictEqual({
      EmployeeNo: '••••',
      employees: 2,
    });
  });
});

describe('a record', () => {
  const record = recordWith({
    sid: 'spf00970001@hf1a2094e36ee0009782',
    sub: 'workflow',
    status: { code: 1, message: 'no such customer: KD-77120' },
    trace: [
      {
        id: 'a',
        node_id: 'ifly-code::1',
        node_name: 'KD-77120',
        data: { input: { 'KD-77120': 'KD-77121' } },
      },
    ],
  });
  const rules = createRedactionRules({ patterns: ['KD-\\d+'], names: [] });

  it('shows what a pattern finds nowhere', () => {
    const opened = openRecord(record, rules);
    const all = [
      decodeRecord(record, rules),
      opened.execution(),
      opened.nodeData('a'),
      opened.executionData(),
    ];
    expect(JSON.stringify(all)).not.toContain('KD-77');
    expect(JSON.stringify(decodeRecord(record, usualRules))).toContain('KD-77');
  });

  it('keeps its runs and their links, whatever a pattern hides of their ids', () => {
    const record = recordOf('03c-workflow-success.g3');
    const plain = openRecord(record, usualRules).execution();
    const masked = openRecord(
      record,
      createRedactionRules({ patterns: ['[0-9a-f]{32}'], names: [] }),
    ).execution();
    const links = ({ runs }: typeof plain) =>
      runs.map(({ next }) => next.map((key) => runs.findIndex((run) => run.key === key)));
    expect(links(masked)).toStrictEqual(links(plain));
    expect(JSON.stringify(masked)).not.toContain(plain.runs[0]?.key);
  });

  it('that is rejected shows it neither', () => {
    const decoded = decodeRecord(recordWith('{"x": "KD-77120"'), rules);
    expect(decoded).toMatchObject({ ok: false, error: { preview: '{"x": "••••"' } });
  });
});
