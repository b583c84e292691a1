import type { Json } from '../../src/base/json.ts';

/** Where in a record a secret stands. */
export const corpusPlaces = ['message', 'input', 'output', 'config', 'log', 'name', 'key'] as const;
export type CorpusPlace = (typeof corpusPlaces)[number];

/** A secret in some notation. */
export interface PlantedCase {
  readonly kind: string;
  /** What stands in the record: a text, or a value that the place may hold as it is. */
  readonly value: Json;
  /** Parts of the secret: none of them may be shown. The last four signs of a long one may. */
  readonly parts: readonly string[];
}

interface Notation {
  readonly kind: string;
  /** Signs that a secret can't have in this notation, or that nobody could tell from its end. */
  readonly without?: string;
  /** Which names it takes. */
  readonly names: readonly string[];
  readonly write: (name: string, secret: string) => Json;
}

const english = [
  ...['password', 'DB_PASSWORD', 'smtp_pass', 'ansible_ssh_pass', 'ftpPass', 'userPwd', 'api_key'],
  ...['client_secret', 'X-Api-Key', 'accessToken', 'aws_secret_access_key', 'vault_pass'],
];
const plainEnglish = ['password', 'smtp_pass', 'userPwd', 'client_secret', 'DB_PASSWORD'];
const chinese = [
  ...[
    '密码',
    '登录密码',
    '口令',
    '密钥',
    '私钥',
    '密匙',
    '访问令牌',
    '登录凭证',
    '鉴权信息',
    '安全码',
  ],
  ...['授权码', '激活码', '密碼', '密鑰', '支付密码'],
];
const others = ['пароль', 'contraseña', 'パスワード', '비밀번호', 'Kennwort', 'senha'];

const signs = [
  '&',
  ';',
  ',',
  '|',
  '(',
  '[',
  '{',
  '<',
  '#',
  '?',
  '@',
  '%',
  '+',
  '=',
  ':',
  '!',
  '$',
].concat(['^', '*', '~', '/', "'", '"', '\\', ')', ']', '}', '>', '-', '_', '.']);
const blanksAndEnds = ' ';
/** No sign at all, one, and two. */
const secrets = [
  ...['Hq7mZPLANTEDKd93w', 'PLANTED-Kd93wHq7'],
  ...signs.map((sign) => `Hq7mZ${sign}PLANTED9Kd93w`),
  ...signs.map(
    (sign, index) => `Hq7mZ${sign}PLANTED${signs[(index + 7) % signs.length] ?? '-'}Kd93w`,
  ),
];

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const gson = (text: string) =>
  json(text).replace(/[<>&='/]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
const unicode = (text: string) =>
  Array.from(text, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const html = (text: string) =>
  text.replace(/[<>&"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
const entity = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
const python = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
const percent = encodeURIComponent;
const quotes = `"'\``;
/** What ends a value that stands in a sentence without quotes, or may. */
const sentenceEnds = `${blanksAndEnds}${quotes}\\)]}>`;
const shell = `${sentenceEnds}&|<;$([{,*#!?~`;

const notations: readonly Notation[] = [
  ...of('sentence', [...plainEnglish, ...chinese], sentenceEnds, [
    (name, secret) => `login failed: ${name}=${secret}`,
    (name, secret) => `${name}: ${secret}`,
    (name, secret) => `the call with ${name} = ${secret} was refused`,
    (name, secret) => `账号：bob，${name}：${secret}`,
  ]),
  ...of('quoted', [...english, ...chinese, ...others], '', [
    (name, secret) => `${name}: "${json(secret)}" was refused`,
    (name, secret) => `${name} = '${python(secret)}'`,
  ]),
  ...of('JSON in text', [...english, ...chinese, ...others], '', [
    (name, secret) => `got {"user":"bob","${name}":"${json(secret)}","n":1}`,
    (name, secret) => JSON.stringify({ body: JSON.stringify({ [name]: secret, n: 1 }) }),
    (name, secret) => JSON.stringify([JSON.stringify({ a: JSON.stringify({ [name]: secret }) })]),
  ]),
  ...of('Python', english, '', [
    (name, secret) => `{'user': 'bob', '${name}': '${python(secret)}', 'ok': True}`,
    (name, secret) => `call(user="bob", ${name.replaceAll('-', '_')}="${json(secret)}")`,
  ]),
  ...of('escaped signs', plainEnglish, `${sentenceEnds}<`, [
    (name, secret) => `{"cs":"Server\\u003dh;${name}\\u003d${gson(secret)};"}`,
    (name, secret) => `${name}\\u003d${gson(secret)}`,
    (name, secret) => `https://x.example/?a\\u003d1\\u0026${name}\\u003d${gson(percent(secret))}`,
    (name, secret) => `${name}%3D${percent(secret)}%26user%3Dbob`,
    (name, secret) => `Server=h;${name}=${entity(secret)};Db=d`,
    (name, secret) => `${unicode(name)}: ${secret}`,
    (name, secret) => `form: user=bob&amp;${name}=${percent(secret)}&amp;n=1`,
  ]),
  ...of('elements', english, '', [
    (name, secret) => `<user>bob</user><${name}>${html(secret)}</${name}>`,
    (name, secret) => `<add key="${name}" value="${html(secret)}"/>`,
    (name, secret) => `<entry key="${name}">${html(secret)}</entry>`,
  ]),
  ...of('colours', plainEnglish, sentenceEnds, [
    (name, secret) => `\u001b[36m${name}\u001b[0m=\u001b[35m${secret}\u001b[0m`,
    (name, secret) => `${name}: \u001b[31m${secret}\u001b[0m`,
    (name, secret) => `\u001b[1;32mINFO\u001b[0m ${name}=\u001b[1m${secret}\u001b[0m done`,
  ]),
  ...of('marks', [...plainEnglish, ...chinese], `${sentenceEnds}*~<`, [
    (name, secret) => `**${name}**: ${secret}`,
    (name, secret) => `- **${name}**：\`${secret}\``,
    (name, secret) => `<b>${name}</b>: ${secret}`,
    (name, secret) => `[bold]${name}[/bold]: ${secret}`,
    (name, secret) => `<span class="k">${name}</span>: <code>${secret}</code>`,
  ]),
  ...of('connection strings', ['Password', 'Pwd', 'PWD'], `${quotes}\\{}`, [
    (name, secret) => `DRIVER={ODBC Driver 18};SERVER=h;UID=sa;${name}={${secret}}`,
    (name, secret) => `jdbc:sqlserver://h:1433;user=sa;${name}={${secret}};encrypt=true`,
  ]),
  ...of('connection strings', ['Password', 'Pwd'], `${quotes}\\;`, [
    (name, secret) => `Server=h;User Id=u;${name}=${secret};Database=d`,
    (name, secret) => `Data Source=h;${name}="${secret}";User ID=u`,
  ]),
  ...of('addresses', ['x'], `${blanksAndEnds}${quotes}\\<>`, [
    (_name, secret) => `amqp://svc:${secret}@mq.example:5672/v`,
    (_name, secret) => `connect to mysql://bob:${percent(secret)}@db.example/d failed`,
    (_name, secret) => `Engine(postgresql+psycopg2://bob:${secret}@h/d)`,
  ]),
  ...of('queries', ['password', 'access_token', 'apikey', 'key', 'sig', 'token'], '', [
    (name, secret) => `GET https://x.example/a?q=1&${name}=${percent(secret)}&n=2`,
    (name, secret) => `https://x.example/a?${name}=${percent(secret)}`,
  ]),
  ...of('headers', ['Authorization', 'Cookie', 'X-Api-Key', 'X-Auth-Token'], `${quotes}\\} `, [
    (name, secret) => `> POST /login HTTP/1.1\n> ${name}: ${secret}\n> Host: x`,
    (name, secret) => JSON.stringify({ headers: { [name]: `Bearer ${secret}` } }),
    (name, secret) => ({ headers: [{ name, value: secret }] }),
    (name, secret) => `curl -H "${name}: ${secret}" https://x.example`,
  ]),
  ...of('cookies', ['rt', 'sid', 'SESSION'], '', [
    (name, secret) => [{ name, value: secret, domain: '.x.example', path: '/', httpOnly: true }],
    (name, secret) => JSON.stringify([{ name, value: secret, sameSite: 'Lax', secure: true }]),
    (name, secret) =>
      `[{'domain': '.x.example', 'httpOnly': True, 'name': '${name}', 'value': '${python(secret)}'}]`,
  ]),
  ...of('tables', [...english, ...chinese], '', [
    (name, secret) => [
      ['user', name],
      ['bob', secret],
    ],
    (name, secret) => ({ columns: ['user', name], rows: [['bob', secret]] }),
    (name, secret) => ({ header: ['user', name, 'n'], data: [['bob', secret, 1]] }),
    (name, secret) => [
      { A: '系统', B: name },
      { A: 'ERP', B: secret },
    ],
    (name, secret) => ({ A1: '账号', B1: name, A2: 'bob', B2: secret }),
    (name, secret) => ({
      columns: [
        { title: name, dataIndex: 'c2' },
        { title: 'n', dataIndex: 'c1' },
      ],
      rows: [{ c1: 1, c2: secret }],
    }),
    (name, secret) => [
      ['账号', 'bob'],
      [name, secret],
    ],
    (name, secret) =>
      JSON.stringify([
        ['user', name],
        ['bob', secret],
      ]),
    (name, secret) =>
      JSON.stringify({ columns: ['user', name], index: [0], data: [['bob', secret]] }),
    (name, secret) => JSON.stringify({ A1: '账号', B1: name, A2: 'bob', B2: secret }),
    (name, secret) => `[('user', '${name}'), ('bob', '${python(secret)}')]`,
    (name, secret) =>
      JSON.stringify({
        out: JSON.stringify([
          ['user', name],
          ['bob', secret],
        ]),
      }),
  ]),
  ...of('drawn tables', [...plainEnglish, ...chinese], `${sentenceEnds}|,;<`, [
    (name, secret) => `| user | ${name} |\n|---|---|\n| bob | ${secret} |`,
    (name, secret) =>
      `+------+------+\n| user | ${name} |\n+------+------+\n| bob | ${secret} |\n+------+------+`,
    (name, secret) =>
      `   user  ${name.padStart(secret.length)}\n0   bob  ${secret.padStart(name.length)}`,
    (name, secret) => `user,${name}\nbob,${secret}\nann,${secret}`,
    (name, secret) => `user\t${name}\nbob\t${secret}`,
  ]),
  ...of('HTML tables', [...plainEnglish, ...chinese], '', [
    (name, secret) =>
      `<table><tr><th>用户</th><th>${name}</th></tr><tr><td>bob</td><td>${html(secret)}</td></tr></table>`,
    (name, secret) => `<tr><td>${name}</td><td>${html(secret)}</td></tr>`,
  ]),
  ...of('pairs', [...english, ...chinese], '', [
    (name, secret) => ({ name, value: secret }),
    (name, secret) => [{ 名称: name, 值: secret }],
    (name, secret) => ({ 参数名: name, 参数值: secret }),
    (name, secret) => ({ label: name, answer: secret }),
    (name, secret) => ({ title: name, type: 'input', value: secret }),
    (name, secret) => JSON.stringify({ key: name, type: 'text', value: secret }),
    (name, secret) => JSON.stringify({ 名称: name, 值: secret }),
    (name, secret) => JSON.stringify({ 字段: name, 说明: 'x', 内容: secret }),
    (name, secret) => `{'name': '${name}', 'value': '${python(secret)}'}`,
  ]),
  ...of('fields', [...english, ...chinese, ...others], '', [
    (name, secret) => ({ [name]: secret, order: 'SO-1' }),
    (name, secret) => ({ auth: [{ [name]: { value: secret } }] }),
  ]),
  ...of('brackets', chinese, `${sentenceEnds}([{<【`, [
    (name, secret) => `【${name}】${secret}`,
    (name, secret) => `〔${name}〕：${secret}`,
    (name, secret) => `${name}【${secret}】`,
    (name, secret) => `${name}——${secret}`,
    (name, secret) => `${name}﹕${secret}`,
    (name, secret) => `${name}＝“${secret}”`,
    (name, secret) => `（${name}）${secret}`,
  ]),
  ...of('typed', ['密码', '登录密码', '密码输入框'], `${sentenceEnds}([{<,;:.?!`, [
    (name, secret) => `在“${name}”框中输入“${secret}”`,
    (name, secret) => `向元素[${name}]填写内容：${secret}`,
    (name, secret) => `填写输入框 ${name} ，并设置输入类型为 键盘输入 ，输入内容为 ${secret}`,
    (name, secret) => `输入文本：${secret}，到元素：${name}`,
    (name, secret) => `将“${secret}”填入${name}`,
  ]),
  ...of('typed', ['password', 'Password'], `${sentenceEnds}([{<,;:.?!`, [
    (name, secret) => `typed "${secret}" into ${name} field`,
    (name, secret) => `set text of element "${name}" to "${secret}"`,
    (name, secret) => `Fill input [${name}] with value: ${secret}`,
  ]),
  ...of('YAML and files', [...plainEnglish, 'api_key'], `${sentenceEnds},#:&;|<`, [
    (name, secret) => `user: bob\n${name}: ${secret}\nport: 22`,
    (name, secret) => `${name}: !!str ${secret}`,
    (name, secret) => `${name}: &p ${secret}`,
    (name, secret) => `export ${name}=${secret}`,
    (name, secret) => `[db]\n${name} = ${secret}\nhost = h`,
  ]),
  ...of('command lines', ['x'], shell, [
    (_name, secret) => `sqlcmd -S h -U sa -P ${secret} -Q x`,
    (_name, secret) => `bcp d.t out f -S h -U sa -P ${secret}`,
    (_name, secret) => `psexec \\\\h -u bob -p ${secret} cmd`,
    (_name, secret) => `lftp -u bob,${secret} sftp://h`,
    (_name, secret) => `xfreerdp /u:bob /p:${secret} /v:h`,
    (_name, secret) => `plink -ssh bob@h -pw ${secret} ls`,
    (_name, secret) => `net use Z: \\\\h\\s /user:bob ${secret}`,
    (_name, secret) => `schtasks /create /tn x /ru bob /rp ${secret}`,
    (_name, secret) => `cmdkey /generic:h /user:bob /pass:${secret}`,
    (_name, secret) => `rar a -hp${secret} x.rar`,
    (_name, secret) => `run --user bob --password ${secret}`,
  ]),
  ...of('SQL', ['password', 'user_pwd'], `${quotes}\\`, [
    (name, secret) => `UPDATE t SET ${name} = '${secret}' WHERE id = 7`,
    (name, secret) => `insert into t (id, ${name}) values (7, '${secret}')`,
    (_name, secret) => `CREATE USER bob IDENTIFIED BY '${secret}'`,
  ]),
];

function of(
  kind: string,
  names: readonly string[],
  without: string,
  writes: readonly Notation['write'][],
): Notation[] {
  return writes.map((write) => ({ kind, names, without, write }));
}

/** Keys, addresses and lines that are secret by their own shape; made up, with what begins them only. */
const shapes: readonly (readonly [kind: string, write: (word: string, hex: string) => Json])[] = [
  ...['gsk_', 'nvapi-', 'xai-', 'tvly-', 'pplx-', 'lin_api_', 'figd_', 'fastgpt-', 'pypi-'].map(
    (beginning) =>
      ['keys', (word: string) => `call with ${beginning}${word}${word} failed`] as const,
  ),
  ['keys', (_word, hex) => `dapi${hex}`],
  ['keys', (word) => `token hvs.${word}`],
  ['webhooks', (word) => `https://hooks.slack.com/workflows/T0/A0/1234567890/${word}`],
  ['webhooks', (word) => `https://hooks.slack.com/triggers/T0/1234567890/${word}`],
  ['webhooks', (word) => `POST https://discord.com/api/v10/webhooks/1234567890/${word}`],
  [
    'webhooks',
    (word) => `https://acme.webhook.office.com/webhookb2/1-2@3-4/IncomingWebhook/${word}/9`,
  ],
  ['webhooks', (word) => `https://open.feishu.cn/open-apis/bot/v2/hook/${word}`],
  ['webhooks', (word) => `https://sctapi.ftqq.com/${word}.send?title=x`],
  ['webhooks', (word) => `https://hook.eu1.make.com/${word}`],
  ['private keys', (word) => ['-----BEGIN PRIVATE KEY-----', word, '-----END PRIVATE KEY-----']],
  [
    'private keys',
    (word) =>
      JSON.stringify(['-----BEGIN EC PRIVATE KEY-----', word, '-----END EC PRIVATE KEY-----']),
  ],
  [
    'private keys',
    (word) => `-----BEGIN RSA PRIVATE KEY-----\r\n${word}\r\n-----END RSA PRIVATE KEY-----`,
  ],
];

/** How often each notation is written, with other names and secrets each time. */
const timesEach = 3;

/** Every notation with several names and secrets: signs of all kinds but those that it can't hold. */
export function plantedCases(times = timesEach): PlantedCase[] {
  const cases: PlantedCase[] = [];
  let turn = 0;
  for (const { kind, names, without = '', write } of notations) {
    const possible = secrets.filter(
      (secret) => !Array.from(secret).some((sign) => without.includes(sign)),
    );
    for (let time = 0; time < times; time++) {
      turn++;
      const name = names[turn % names.length] ?? '';
      const secret = possible[(turn * 7) % possible.length] ?? '';
      cases.push({ kind, value: write(name, secret), parts: partsOf(secret) });
    }
  }
  for (const [kind, write] of shapes) {
    const word = 'Hq7mZ9PLANTED9Kd93wTx41';
    cases.push({
      kind,
      value: write(word, '0123456789abcdef0123456789abcdef'),
      parts: ['PLANTED', '0123456789ab'],
    });
  }
  return cases;
}

/** What of a secret would be seen, however its signs are escaped. */
function partsOf(secret: string): string[] {
  return ['Hq7mZ', 'PLANTED', 'Kd93w'].filter((part) => secret.includes(part));
}
