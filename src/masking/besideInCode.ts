import { groupAt, type SecretName, type SecretSpan } from './secretSpan.ts';
import { typedWord } from './typedText.ts';

const quoted = String.raw`[bfru]{0,2}(?:\\{0,8}["'\x60])([^"'\x60\n\\]{4,100})(?=\\{0,8}["'\x60])`;
const behind = (between: string) => new RegExp(between + quoted, 'diy');
const lineEnd = String.raw`(?:;|\n|\\n)?\s{0,20}`;

/** What stands between a name and the text that belongs to it, in code and in what says of a call what it gave. */
const notations: readonly RegExp[] = [
  // config.get("db", "pwd", fallback="…")
  behind(String.raw`\\{0,8}["'][^()\n]{0,60}?[\s,](?:default(?:_?value)?|fallback)\s?[=:]\s?`),
  // find(By.ID, "pwd"); box.clear(); box.send_keys("…")
  behind(
    String.raw`\\{0,8}["'][)\]]{1,6}${lineEnd}(?:[\w.]{1,40}\.(?:clear|click|focus)\(\)${lineEnd})?[\w.]{0,40}\.(?:send_?keys|set_?\w{0,10}(?:text|value)|type\w{0,8}|fill|input)\(\s?`,
  ),
  // string Password { get; set; } = "…", val password by lazy { "…" }
  behind(String.raw`(?:\s?\{[\s\w;]{0,40}\}\s?=|\sby\s\w{1,20}\s?\{)\s{0,4}`),
  // SendMessage(hPwd, WM_SETTEXT, 0, "…")
  behind(String.raw`\s?,\s?WM_SETTEXT\s?,[^"'\n]{0,24}`),
  // InputBox("Password") returned "…"
  behind(
    String.raw`\\{0,8}["'”」』】)]{1,3}\)?\s?(?:returned|returns|gave|result|返回|结果|得到|[-=]>)[了为是:：]?\s?`,
  ),
];

/** The texts in quotes that a name in code, or in a call, stands beside. */
export function besideInCode(text: string, name: SecretName): readonly SecretSpan[] {
  for (const notation of notations) {
    const span = groupAt(notation, text, name.end);
    if (span !== undefined) return typedWord(text, ...span);
  }
  return keywordArgument(text, name);
}

const keyword =
  /\b(?:input|type|fill|set|enter)[ _](?:password|text|secret|value|credential)?\S{0,12}(?:[^\S\n]{2,20}|\t)?\S{0,40}$/i;
const cells =
  /(?:(?:[^\S\n]{2,20}|\t)\S{1,60}){0,1}?(?:[^\S\n]{2,20}|\t)(\S{4,64})[^\S\n]{0,4}(?=$|\n|\\n|\\?")/dy;

/** Input Password    id:pwd    …, whose cells blanks part. */
function keywordArgument(text: string, name: SecretName): readonly SecretSpan[] {
  const span = groupAt(cells, text, name.end);
  return span !== undefined && keyword.test(text.slice(Math.max(0, name.start - 60), name.start))
    ? typedWord(text, ...span)
    : [];
}
