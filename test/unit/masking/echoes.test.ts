import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { recordWith } from '../../support/fixtures.ts';

const rules = createRedactionRules();
const secrets = [
  'Hq7mZ&PLANTED9=Kd93w',
  'Hq7mZ"PLANTED9<Kd93w',
  "Hq7mZ'PLANTED9\\Kd93w",
  'Hq7mZ;PLANTED9,Kd93w/x+y',
];
const gson = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&='/]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
const forms: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1),
  'with signs escaped': gson,
  'in an address': encodeURIComponent,
  'in an address in an address': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'in HTML': (secret) => secret.replace(/[<>&"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`),
  'in XML': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  'in Python': (secret) => secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
};

function recordOf(config: Json, message: string): Record<string, Json> {
  return {
    ...{ sid: 's1', sub: 'workflow', question: '', answer: '' },
    status: { code: 21600, message },
    trace: [
      {
        ...{ id: 'n1', node_id: 'ifly-code::1', running_status: false, node_name: 'step' },
        data: { input: {}, output: { said: message }, config },
        logs: [JSON.stringify({ level: 'ERROR', message, time: '' })],
      },
    ],
  };
}

function shownOf(value: Json): string {
  const record = recordWith(value);
  const opened = openRecord(record, rules);
  const execution = opened.execution();
  const data = execution.runs.map(({ key }) => opened.nodeData(key));
  return (
    JSON.stringify([decodeRecord(record, rules), execution, opened.executionData(), data]) +
    maskedRecordText(record, rules)
  );
}

describe.each(secrets)('the secret %s of a configuration', (secret) => {
  it.each(Object.entries(forms))('is hidden where it is repeated %s', (_form, written) => {
    const message = `login of bob with ${written(secret)} was refused`;
    const shown = shownOf(recordOf({ password: secret }, message));
    expect(shown).not.toMatch(/Hq7mZ|PLANTED|Kd93w/);
    expect(shown).toMatch(/login of bob with \\*"?\\*"?••••/);
  });

  it('is hidden where a text within names it', () => {
    const config = { body: JSON.stringify({ inner: JSON.stringify({ smtp_pass: secret }) }) };
    const shown = shownOf(recordOf(config, `login of bob with ${secret} was refused`));
    expect(shown).not.toMatch(/Hq7mZ|PLANTED|Kd93w/);
  });

  it('is hidden where a table names it', () => {
    const config = {
      users: [
        ['user', '密码'],
        ['bob', secret],
      ],
    };
    const shown = shownOf(recordOf(config, `login of bob with ${secret} was refused`));
    expect(shown).not.toMatch(/Hq7mZ|PLANTED|Kd93w/);
  });
});

describe('a secret beside a record in its envelope', () => {
  const record = recordOf({}, 'login of bob with Hq7mZPLANTEDKd93w was refused');
  it.each<[string, Json]>([
    ['of a field', { password: 'Hq7mZPLANTEDKd93w', value: JSON.stringify(record) }],
    [
      'of a header',
      {
        offset: 1,
        partition: 0,
        headers: { 'X-Api-Key': 'Hq7mZPLANTEDKd93w' },
        value: record as Json,
      },
    ],
    ['of a list', [{ value: JSON.stringify(record), auth: { token: 'Hq7mZPLANTEDKd93w' } }]],
  ])('%s is hidden in it', (_where, value) => {
    expect(shownOf(value)).not.toContain('PLANTED');
  });
});
