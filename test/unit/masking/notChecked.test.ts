import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { saidPlaces } from '../../../src/masking/saidPlaces.ts';
import { createWork, TooCostly } from '../../../src/masking/work.ts';
import { notCheckedMark } from '../../../src/trace/notChecked.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

/** A reader's own name, and a text that says it from end to end, with accents: each is looked at twice. */
const rules = createRedactionRules({ patterns: [], names: ['a'] });
const costly = (times: number) =>
  `${`é ${'a '.repeat(100)}`.repeat(times / 100)}, token: PLANTED-1x`;
const isHidden = (text: string) => text === notCheckedMark;

describe('what would take too long to look through', () => {
  const redactor = createRedactor([], rules);

  it('is hidden whole, and nothing beside it', () => {
    expect(isHidden(redactor.text(costly(30_000)))).toBe(true);
    expect(redactor.named('input', [costly(30_000), 'order SO-1', { x: costly(30_000) }])).toEqual([
      ...[notCheckedMark, 'order SO-1'],
      { x: notCheckedMark },
    ]);
    expect(redactor.text('password: hunter22')).toBe('password: ••••');
  });

  it('is masked as ever where it is short', () => {
    expect(isHidden(redactor.text(costly(100)))).toBe(false);
    expect(redactor.text(costly(100))).not.toContain('PLANTED');
  });

  it('hides all sentences of its record, for one may echo what was not found', () => {
    const record = recordWith({
      ...{ sid: 's1', sub: 'workflow', question: costly(60_000) },
      status: { code: 1, message: 'Login with PLANTED-1x failed, said the server' },
      trace: [{ id: 'n', node_id: 'ifly-code::1', data: { input: { order: 'SO 1 of 2', n: 7 } } }],
    });
    const opened = openRecord(record, rules);
    const { runs } = opened.execution();
    const inputs = runs.flatMap(({ key }) => opened.nodeData(key)?.input ?? []);
    expect(inputs.map(({ value }) => value)).toEqual([notCheckedMark, 7]);
    const seen = [opened.executionData(), opened.execution(), decodeRecord(record, rules)];
    expect(JSON.stringify(seen).includes('PLANTED')).toBe(false);
    expect(maskedRecordText(record, rules).includes('PLANTED')).toBe(false);
  });
});

describe('what looks like its secrets from end to end', () => {
  const run = 'a'.repeat(2_000);

  it('is hidden', () => {
    const secrets = Array.from({ length: 50 }, (_, n) => `${run}B${String(n)}${run}`);
    const redactor = createRedactor(secrets, createRedactionRules());
    expect(isHidden(redactor.text('a'.repeat(50_000)))).toBe(true);
    expect(redactor.text(`so ${secrets[7] ?? ''}, he said`)).not.toContain('aaaa');
    expect(isHidden(redactor.text('an ordinary sentence'))).toBe(false);
  });

  it('is masked where the secrets are short, each of them', () => {
    const redactor = createRedactor(['aXaXaX', 'aXaXaXaXb', 'bananaba'], usualRules);
    expect(redactor.text('aXaXaXaXb and xaXaXaXaX, bananabananaba')).toBe(
      '•••• and x••••aX, ••••nanaba',
    );
  });

  it('takes no longer than its length where its message is looked for', () => {
    const work = createWork(1_000);
    const { endOfSentence } = saidPlaces('a'.repeat(20_000), [`${run}B${run}`], work);
    expect(() => endOfSentence(5, 10)).toThrow(TooCostly);
  });
});

describe('work', () => {
  it('is what a text of so many characters may take', () => {
    const work = createWork(1_000);
    work.spend(1_400_000);
    expect(() => {
      work.spend(1);
    }).toThrow(TooCostly);
  });
});
