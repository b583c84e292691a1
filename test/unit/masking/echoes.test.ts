import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
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

function recordOf(config: Json, message: string, name = 'step'): Record<string, Json> {
  return {
    ...{ sid: 's1', sub: 'workflow', question: '', answer: '' },
    status: { code: 21600, message },
    trace: [
      {
        ...{ id: 'n1', node_id: 'ifly-code::1', running_status: false, node_name: name },
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

const surroundings: readonly string[] = [
  ...['登录失败，输入了§失败', '（§）', '“§”', '登录失败：§', '密码错误「§」，重试', '用户bob，§'],
  ...[
    'GET https://erp/login/§/x 500',
    'C:\\d\\§.txt',
    'typed "§"',
    "u'§'",
    '[§]',
    'bob:§',
    'a_§_b',
  ],
  ...['value=§', 'k=v;§;', 'https://h/?q=§&r=1', 'x §, y', '<b>§</b>', 'bob/§', '*§*', '→§←'],
];
const plain = 'Kq9zPmXw2LkB7';
const odd = ['Kq9zP!mXw2LkB', 'Kq9zP@mXw2LkB', 'Kq9zP/mXw2LkB', 'Kq9zP.mXw2LkB', 'Kq9zP=mXw2LkB'];
const sources: Readonly<Record<string, (secret: string) => Json>> = {
  'a field': (secret) => ({ password: secret }),
  'an assignment': (secret) => ({ v: `password=${secret}` }),
  'a sentence': (secret) => ({ v: `密码：${secret}` }),
  'an address': (secret) => ({ url: `https://robot:${secret}@erp.corp/api` }),
  'an address without a path': (secret) => ({ v: `get ftp://u:${secret}@h/` }),
};

describe.each(Object.entries(sources))('a secret that %s tells', (_source, written) => {
  it.each(surroundings.map((text) => text.replace('§', plain)))('is hidden in %s', (message) => {
    expect(shownOf(recordOf(written(plain), message))).not.toMatch(/Kq9zP|XwLk/);
  });

  it.each(odd)('is hidden with a sign in it: %s', (secret) => {
    for (const text of surroundings) {
      const shown = shownOf(recordOf(written(secret), text.replace('§', secret)));
      expect(shown, text).not.toMatch(/Kq9zP|mXw/);
    }
  });

  it('is hidden in the name of a node', () => {
    const shown = shownOf(recordOf(written(plain), 'failed', `输入了${plain}的节点`));
    expect(shown).not.toContain('Kq9zP');
  });
});

describe('a secret that a text tells and says again', () => {
  it.each([
    ...['password=§ then § again', '密码：§，输入了§失败', '登录失败：§ (password=§)'],
    ...[
      'value=§ password=§',
      'GET /x/§/y password=§',
      '输入（§）错误，密码为§',
      'x §; password=§;',
    ],
    ...['{"log":"typed §","password":"§"}', 'ftp://u:§@h/ refused §', 'call(password="§"): §.'],
  ])('is hidden in both places: %s', (text) => {
    const redactor = createRedactor([], rules);
    for (const secret of [plain, ...odd]) {
      const masked = redactor.text(text.replaceAll('§', secret));
      expect(masked).not.toMatch(/Kq9zP|mXw/);
      expect(redactor.text(masked)).toBe(masked);
    }
  });

  it('leaves words that a short or plain secret is', () => {
    const text =
      'password=admin, signed in as admin; pwd: secret, a secret page; pin: 1234, 1234 rows';
    expect(createRedactor([], rules).text(text)).toMatch(/as admin;.*a secret page;.*1234 rows/);
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

describe('what says where a secret is taken from', () => {
  it.each([
    '$password',
    '${vault.erp_token}',
    '{{ secrets.ERP_PASSWORD }}',
    '{{#start.password#}}',
    '%ERP_PASSWORD%',
    "@{variables('erpPassword')}",
    '%{ERP_PASSWORD}',
  ])('is readable wherever it stands: %s', (reference) => {
    const shown = shownOf(
      recordOf(
        { password: reference, fields: { password: { type: 'string', minLength: 8 } } },
        `{"password":"${reference}"}`,
      ),
    );
    expect(shown).not.toContain('••••');
  });

  it.each(['{Zt7kQ2wP9xM}', '{{Zt7#kQ!2wP}}', '${Zt7#kQ!2wP}'])(
    'is no secret in braces: %s',
    (secret) => {
      const shown = shownOf(
        recordOf({ password: secret }, `login with password: "${secret}" failed`),
      );
      expect(shown).not.toContain(secret.slice(2, -2));
    },
  );
});
