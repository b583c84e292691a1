import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const redactor = createRedactor([], usualRules);

describe('what a store of secrets hands out is masked in a value and in a text', () => {
  it.each<[Json, Json]>([
    [
      { Content: 'mossy-Qt9', UserName: 'bot', Safe: 'RPA' },
      { Content: '••••', UserName: 'bot', Safe: 'RPA' },
    ],
    [
      { Name: '/rpa/erp', Type: 'SecureString', Value: 'mossy 9' },
      { Name: '/rpa/erp', Type: 'SecureString', Value: '••••' },
    ],
    [
      { erp: { type: 'credential', value: 'mossy 9' } },
      { erp: { type: 'credential', value: '••••' } },
    ],
    [
      { 名称: '财务', 类型: '密文', 值: 'mossy9' },
      { 名称: '财务', 类型: '密文', 值: '••••' },
    ],
    [
      { u: 'bot', p: 'mossy#9' },
      { u: 'bot', p: '••••' },
    ],
    [
      { parameters: ['62f4', 'Administrator', 'mossy!9', 2052] },
      { parameters: ['62f4', 'Administrator', '••••', 2052] },
    ],
  ])('%j', (value, masked) => {
    expect(redactor.named('value', value)).toEqual(masked);
    expect(redactor.text(JSON.stringify(value))).toBe(JSON.stringify(masked));
    const inner = JSON.stringify({ body: JSON.stringify(value) });
    expect(redactor.text(inner)).toBe(JSON.stringify({ body: JSON.stringify(masked) }));
  });

  it.each<Json>([
    { content: 'mossy-Qt9', userName: 'bot', folder: 'RPA' },
    { safe: true, content: 'ok', folder: 'inbox' },
    { type: 'String', value: 'mossy 9' },
    { type: 'password', label: 'Password', required: true },
    { u: 'bot', p: 'mossy' },
    { u: 'https://erp.example', p: 12 },
    { p: 'mossy#9', q: 'bot' },
    { x: ['62f4', 'Administrator', 'mossy', 2052] },
    { x: ['62f4', 'Administrator', 'mossy!9', 2051] },
  ])('%j stays', (value) => {
    expect(redactor.named('value', value)).toEqual(value);
    expect(redactor.text(JSON.stringify(value))).toBe(JSON.stringify(value));
  });
});

describe('arguments of clients', () => {
  it.each([
    [
      "connect('10.0.0.7', 'root', 'Mossy!9x', charset='utf8')",
      "connect('10.0.0.7', 'root', '••••', charset='utf8')",
    ],
    ["Connection(server, 'cn=bot', 'Mossy!9x')", "Connection(server, 'cn=bot', '••••')"],
    ['c.simple_bind_s("CORP\\\\bot", "mossy9")', 'c.simple_bind_s("CORP\\\\bot", "••••")'],
    ["ldap_bind($c, 'cn=bot', 'mossy9')", "ldap_bind($c, 'cn=bot', '••••')"],
    [
      "SMTP('bot@x.example', 'mossy9_A', host='x.example')",
      "SMTP('bot@x.example', '••••', host='x.example')",
    ],
    ["FTP('x.example', 'bot', 'Mossy!9x')", "FTP('x.example', 'bot', '••••')"],
    ["AipOcr('10252021', '4E7DcnSBp', '7LDhAqvJz')", "AipOcr('10252021', '••••', '••••')"],
    ["Minio('x.example:9000', 'mossyA9', 'Mossy!9x')", "Minio('x.example:9000', '••••', '••••')"],
  ])('%s', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    "SMTP('x.example', 25)",
    "FTP('x.example')",
    "Connection(server, 'cn=bot', auto_bind=True)",
    "connect(host='x.example', charset='utf8mb4')",
    "element.bind('click', 'openRow2')",
    'Connection("erp-db", 1521, "prod2024")',
  ])('%s stays', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('what is typed and set', () => {
  it.each([
    ["SET ErpPassword TO $'''oak lea 4'''", "SET ErpPassword TO $'''••••'''"],
    ["Set variable %ErpPassword% to 'oak:lea4'", "Set variable %ErpPassword% to '••••'"],
    [
      "Control: appmask['Login']['Input password'] Text: $'''Elm#gate'''",
      "Control: appmask['Login']['Input password'] Text: $'''••••'''",
    ],
    ['SendKeys "bot{TAB}Mossy9x{ENTER}"', 'SendKeys "bot{TAB}••••{ENTER}"'],
    ['bot[k(tab)]mossy#9x[k(enter)]', 'bot[k(tab)]••••[k(enter)]'],
    [
      'window(auto_id="txtPwd", control_type="Edit").type_keys("mossy{+}9")',
      'window(auto_id="txtPwd", control_type="Edit").type_keys("••••")',
    ],
    ['资产名称: 财务密码 资产值: Cai@2024', '资产名称: 财务密码 资产值: ••••'],
    ['PIN changed from 4471 to 9025', 'PIN changed from •••• to ••••'],
    ['验证码由 4471 改为 902518', '验证码由 •••• 改为 ••••'],
    ['请用 zhangwei / zW4#log 登录', '请用 zhangwei / •••• 登录'],
    ['用“zhangwei”和“zW4#log”登录', '用“zhangwei”和“••••”登录'],
    ['在弹窗中输入PIN：246810', '在弹窗中输入PIN：••••'],
    [
      'Please enter the 2FA code 448120 before it expires',
      'Please enter the 2FA code •••• before it expires',
    ],
    ['Keys: [Tab] mossyA9 [Enter]', 'Keys: [Tab] •••• [Enter]'],
    ['user     bot\npwd      mossy9\n', 'user     bot\npwd      ••••\n'],
    ['python login.py bob Mossy9x12', 'python login.py bob ••••'],
    ["Get-Cred bot 'Mossy9x12'", "Get-Cred bot '••••'"],
    ['用户 restname/rest#4sy 获取', '用户 restname/•••• 获取'],
    ['AUTH LOGIN\n334 UGFzc3dvcmQ6\nbWFpbDhQ', 'AUTH LOGIN\n334 UGFzc3dvcmQ6\n••••'],
    ['{"into":"Password","keys":"act8Type!"}', '{"into":"Password","keys":"••••"}'],
    [
      '<stage name="Set Pwd"><initialvalue x="y">Teal;pond</initialvalue>',
      '<stage name="Set Pwd"><initialvalue x="y">••••</initialvalue>',
    ],
  ])('%s', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    "SET PasswordMode TO 'auto2'",
    "Set password to 'required'",
    'SendKeys "bot{TAB}2024-11-05{ENTER}"',
    'SendKeys "bot{TAB}invoice{ENTER}"',
    'window(control_type="Edit").type_keys("invoice 9")',
    'PIN changed from yellow to green',
    '用 Chrome / v120.0.1 登录',
    '用 zhangwei / finance 登录',
    '用户 zhangwei 2024-11-05 登录成功',
    "Get Credential: asset 'SAP_PRD' was not found",
    'appSecurity: level 2Strict4',
    'timeout_sec: 30',
    'the error code 448120 for order 7',
    'enter the amount 448120 for order 7',
    '[Tab] 2024-11-05 [Enter]',
    'pwd      /home/rpa2',
    'password      required',
    'python login.py bob --debug2',
    'Get-LoginPage bot finance2024',
    '<stage name="Set Row"><initialvalue>Teal;pond</initialvalue>',
    '{"into":"Search","keys":"Invoice24"}',
  ])('%s stays', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('command lines of further tools', () => {
  it.each([
    [
      'uipcli package deploy -A acme -S 8Qr!5nWv -t PRD',
      'uipcli package deploy -A acme -S •••• -t PRD',
    ],
    ['mc alias set m http://h:9000 bot mossy-9', 'mc alias set m http://h:9000 bot ••••'],
    ['vault login mossy9Qt', 'vault login ••••'],
    ['curl -U corp\\bot:mossy9 https://h', 'curl -U corp\\bot:•••• https://h'],
    ["curl --user 'bot:oak lea' https://h", "curl --user 'bot:••••' https://h"],
    ["smbclient -U 'bot%oak lea' //h/s", "smbclient -U 'bot%••••' //h/s"],
    ['DefaultPassword    REG_SZ    oak lea', 'DefaultPassword    REG_SZ    ••••'],
    ['mysql -u root -p mossy9Qt', 'mysql -u root -p ••••'],
    [
      'net use X: "\\\\nas\\fin dept" "oak lea 7" /user:bot',
      'net use X: "\\\\nas\\fin dept" "••••" /user:bot',
    ],
    ['setx /M ERP_PWD "oak lea"', 'setx /M ERP_PWD "••••"'],
    ['set -gx ERP_TOKEN mossy9', 'set -gx ERP_TOKEN ••••'],
    [
      'az keyvault secret set --name erp --value "oak lea"',
      'az keyvault secret set --name erp --value "••••"',
    ],
    [
      'aws ssm put-parameter --type SecureString --value oak!lea',
      'aws ssm put-parameter --type SecureString --value ••••',
    ],
    ['gh secret set ERP -b oak!lea', 'gh secret set ERP -b ••••'],
    ['vault kv put secret/erp value=oak!lea', 'vault kv put secret/erp value=••••'],
    ["ssh-add <<< 'oak lea'", "ssh-add <<< '••••'"],
    ['CONFIG SET requirepass "oak lea"', 'CONFIG SET requirepass "••••"'],
  ])('%s', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    'mysql -u root -p rpa',
    'mysql -u root -p rpa < a.sql',
    'cmdkey /list:TERMSRV/10.1.2.3',
    'vault login -method=ldap',
    'vault login failed',
    'setx JAVA_HOME "C:\\Java"',
    'aws ssm put-parameter --type String --value oak!lea',
    'WWW-Authenticate: Basic realm="ERP"',
    'WWW-Authenticate: Bearer error="invalid_token"',
  ])('%s stays', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

it('a name in a tag says what stands in its element, not what is typed', () => {
  const text = '<a:UsernameToken><a:Password>wText8</a:Password></a:UsernameToken>';
  expect(redactor.text(text)).toBe(text.replace('wText8', '••••'));
});

it('all lines of a text below its name are masked', () => {
  expect(redactor.text('a: 1\npassword: |\n  oak lea\n  elm\nb: 2')).toBe(
    'a: 1\npassword: |\n  ••••\n  ••••\nb: 2',
  );
  expect(redactor.text('pwd: |\nb: two words')).toBe('pwd: |\nb: two words');
});

it('a text that PHP prints below its name is masked', () => {
  expect(redactor.text('["password"]=>\n  string(7) "oak lea"\n')).toBe(
    '["password"]=>\n  string(7) "••••"\n',
  );
});

describe('texts beside a name in code', () => {
  it.each([
    ['c.get("db", "pwd", fallback="opal5")', 'c.get("db", "pwd", fallback="••••")'],
    ['pwd = c.get("db", "x", fallback="opal5")', 'pwd = c.get("db", "x", fallback="••••")'],
    ['add_argument("--password", default="opal5")', 'add_argument("--password", default="••••")'],
    [
      'find(By.ID, "pwd")\nbox.clear()\nbox.send_keys("opal5")',
      'find(By.ID, "pwd")\nbox.clear()\nbox.send_keys("••••")',
    ],
    [
      'wait((By.ID, "pwd"))); box.type_keys("opal5")',
      'wait((By.ID, "pwd"))); box.type_keys("••••")',
    ],
    ['string Password { get; set; } = "opal5";', 'string Password { get; set; } = "••••";'],
    ['val dbPassword by lazy { "opal5" }', 'val dbPassword by lazy { "••••" }'],
    ['InputBox("请输入密码") 返回 "opal5"', 'InputBox("请输入密码") 返回 "••••"'],
    ["dialog 'Enter your PIN' returned '739152'", "dialog 'Enter your PIN' returned '••••'"],
    ["define('DB_PWD', 'opal5');", "define('DB_PWD', '••••');"],
    ["page.type('#pwd', 'opal5', {delay: 50})", "page.type('#pwd', '••••', {delay: 50})"],
    ['keyring.set_password("erp", "bot", "oak lea")', 'keyring.set_password("erp", "bot", "••••")'],
    ['Input Password    id:pwd    opal5', 'Input Password    id:pwd    ••••'],
    ['Input Text    name:pwd    opal5', 'Input Text    name:pwd    ••••'],
    [
      'SetText("Login", "", "Edit2", "opal5") ; password',
      'SetText("Login", "", "Edit2", "••••") ; password',
    ],
    ['pwd变量=opal5', 'pwd变量=••••'],
    ['已将 opal#5 填写到【密码】输入框', '已将 •••• 填写到【密码】输入框'],
    ['Login to ERP failed for bot/opal#5xy: no', 'Login to ERP failed for bot/••••: no'],
  ])('%s', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    'c.get("db", "row", fallback="opal5")',
    'add_argument("--password", default="")',
    'add_argument("--password", required=True, help="of erp2")',
    'find(By.ID, "row"); box.send_keys("opal5")',
    'find(By.ID, "pwd"); log.info("step 2")',
    'string Password { get; set; }',
    'InputBox("请输入密码") 返回 "确定"',
    "dialog 'Enter your password' returned 'cancel'",
    "define('DB_PWD', 'none');",
    "page.type('#row', 'opal5')",
    "expect('password', 'step2')",
    'Input Password    id:pwd    ${PASSWORD}',
    'token数量=12',
    'Login to ERP failed for bot/finance: no',
  ])('%s stays', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('further values', () => {
  it.each([
    [
      'https://x.example/sso?ticket=ST-482-q6LmWv9RtYz4PbNcD-cas',
      'https://x.example/sso?ticket=••••-cas',
    ],
    ['Server=h;User ID=sa;Password=oak lea 5;', 'Server=h;User ID=sa;Password=••••;'],
    ['发件邮箱 bot 授权码 ABQDLMWVRTYZBNCD', '发件邮箱 bot 授权码 ••••BNCD'],
  ])('%s', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    'https://x.example/tickets?ticket=INC0012345',
    'station ST-2024-11 closed',
    '授权码 CUSTOMER 已过期',
  ])('%s stays', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('what a secret is like is no secret', () => {
  const schema = { password: { type: 'string', minLength: 8 }, pin: { type: 'text' } };

  it('a type in a schema stays, in a value and in a text', () => {
    const text = JSON.stringify({ properties: schema }).replace('8', '"8"');
    expect(redactor.text(text)).toBe(text.replace('"8"', '"••••"'));
    expect(redactor.named('properties', { password: { type: 'string', value: 'oak' } })).toEqual({
      password: { type: 'string', value: '••••' },
    });
    expect(redactor.named('password', { type: 'oak', kind: 'string' })).toEqual({
      ...{ type: '••••', kind: '••••' },
    });
  });

  it.each(['验证码图片 120x40 已下载', 'Sheet1!C2 = 密码', '密码截图 a1b2c3 已保存'])(
    '%s stays',
    (text) => {
      expect(redactor.text(text)).toBe(text);
    },
  );
});

describe('what is typed, set and said in further ways', () => {
  it.each([
    ['sendKeys(Flint@27) to [input#password]', 'sendKeys(••••) to [input#password]'],
    ['dsn rpa/flint32@10.0.0.3:1521/ORCL', 'dsn rpa/••••@10.0.0.3:1521/ORCL'],
    ['send_keys("bob" + Keys.TAB + "Flint34")', 'send_keys("bob" + Keys.TAB + "••••")'],
    ['alert.authenticate_using("bob", "flint35")', 'alert.authenticate_using("bob", "••••")'],
    ['SendMessage(hPwd, WM_SETTEXT, 0, "flint41")', 'SendMessage(hPwd, WM_SETTEXT, 0, "••••")'],
    ["ws['C2'].value = 'flint47'  # 密码", "ws['C2'].value = '••••'  # 密码"],
    ['用户名密码 bot01 Flint@61', '用户名密码 bot01 ••••'],
    ['pw for the zip is flint2067', 'pw for the zip is ••••'],
  ])('%s', (text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    'sendKeys(Flint@27) to [input#search]',
    'send_keys("bob" + Keys.TAB + "2024-11-05")',
    'SendMessage(hEdit, WM_SETTEXT, 0, "flint41")',
    "ws['C2'].value = 'flint47'  # 备注",
    '用户名密码 不能为空',
    'npm/types@node:20/x',
  ])('%s stays', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});
