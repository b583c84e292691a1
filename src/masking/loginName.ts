import { groupAt, type SecretSpan } from './secretSpan.ts';

const userAndSecret =
  /(?:(?:账号|帐号|账户|用户名?|登录名)[和及与、]?(?:登录)?(?:密码|口令)|[账帐賬帳]密)(?:分别)?$/;

/** Whether a name stands for both: 账号密码, 账密. The end of what is both would show half of the password. */
export function namesLogin(name: string): boolean {
  return userAndSecret.test(name);
}

const quotes = ['""', "''", '``', '“”', '‘’', '「」', '『』', '＂＂', '＇＇'];
const brackets = [
  '【】',
  '（）',
  '()',
  '[]',
  '［］',
  '{}',
  '｛｝',
  '<>',
  '＜＞',
  '《》',
  '〈〉',
  '〔〕',
  '〖〗',
];

/** What closes the name, a sign, and blanks or the end of the line. */
const behindName = String.raw`["'\x60”’」』】）)\]]{0,3}[^\S\n]{0,3}(?:[=:：＝>是为]|->|→){0,2}[\s\u00a0\u200b]{0,40}`;
const user = String.raw`[\w.@-]{2,40}(?:[^\S\n]{0,2}[/／|｜:：、,，;；+和与及][^\S\n]{0,2}|[^\S\n]{1,3})`;
const secret = String.raw`[\x21-\x7e]{4,64}`;
/** Where people also write what they mean, （用户名/密码）, (Vault/KeePass), a secret is told by such a sign in it. */
const looksSecret = String.raw`(?=\S{0,63}[\d!@#$%^&*?~+=])`;

const logins: readonly RegExp[] = [
  ...quotes.map((pair) => within(pair, user + secret)),
  ...brackets.map((pair) => within(pair, user + looksSecret + secret)),
  // Without any, behind a blank, or below the name as somebody writes it down.
  bare(
    String.raw`(?:[^\S\n]{1,3}|[是为])`,
    String.raw`[\w.@-]{2,40}[^\S\n]{0,2}[/／|｜:：][^\S\n]{0,2}`,
  ),
  bare(String.raw`[^\S\n]{0,3}[:：]?[^\S\n]{0,8}\r?\n[^\S\n]{0,8}`, user),
];

function bare(before: string, userAndSign: string): RegExp {
  return new RegExp(
    String.raw`${before}(${userAndSign}(?=\S{0,63}\d)(?=\S{0,63}[A-Za-z])${secret})(?=\s|[，。；]|$)`,
    'dy',
  );
}

/** Between a sign and its partner, which no letter follows. */
function within(pair: string, login: string): RegExp {
  const code = (at: number) => `\\u${pair.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return new RegExp(
    String.raw`${behindName}\\{0,8}${code(0)}[^\S\n]{0,3}(${login}?)[^\S\n]{0,3}\\{0,8}${code(1)}(?![\w$@#!%^*+~?-])`,
    'dy',
  );
}

/** A login in quotes or brackets behind a name of both, or on the line below it. */
export function loginBehind(text: string, nameEnd: number): SecretSpan | undefined {
  for (const pattern of logins) {
    const span = groupAt(pattern, text, nameEnd);
    if (span !== undefined) return { start: span[0], end: span[1], quote: '', hidesEnd: true };
  }
  return undefined;
}
