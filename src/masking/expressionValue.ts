import { quotedValues } from './quotedText.ts';
import type { SecretSpan } from './secretSpan.ts';

/** What makes a value of the text within: `str("…")`, `MD5('…')`, `concat('…', salt)`. */
const wrapper =
  /(?:new\s{1,4}string\s{0,2}\(\s{0,4})?(?:new\s{1,4})?(?:[A-Za-z_]\w{0,30}\.){0,3}(?:str|bytes|string|concat|trim|md5|sha\d{0,3}|hash\w{0,20}|secret(?:str)?|decrypt\w{0,20}|encrypt\w{0,20}|(?:url)?(?:b64|base64)_?(?:en|de)code|b64decode|atob|btoa|unquote|quote|encode|decode|convertto-securestring|from_?string|from|password|optional|some|just|ok|masked|protected|secure_?string|lit(?:eral)?)\s{0,2}\(?\s{0,4}(?=[bfruN@$]{0,2}\\*["'])/iy;
/** What is taken where nothing is set: `os.environ.get(NAME) or "…"`, `process.env.SECRET || '…'`. */
const fallback =
  /[^\n"'`;]{0,80}?(?:"[^"\n]{0,60}"[^\n"'`;]{0,20}?|'[^'\n]{0,60}'[^\n"'`;]{0,20}?)?\s(?:\|\||\?\?|or)\s{1,4}(?=[bfru]{0,2}\\*["'`])/y;

/** The same as an argument: `os.getenv("KEY", "…")`. */
const preset =
  /(?:[A-Za-z_]\w{0,30}\.){0,3}(?:get|getenv|get_env|env|config|setting|get_?property|get_?or_?default|get_?string)\s{0,2}\(\s{0,4}\\*["'][\w.-]{1,60}\\*["']\s{0,4},\s{0,4}(?:(?:\\*["'][\w.-]{1,60}\\*["']\s{0,4},\s{0,4})?(?:fallback|default)\s?=\s?)?(?=[bfru]{0,2}\\*["'`])/iy;

/** Most values are none: to see that costs little. */
const orElse = /\s(?:\|\||\?\?|or)\s/;
/** So much may stand before the operator: 80 signs, a text of 60 in its quotes, 20 more. */
const longestExpression = 180;

/** The texts within an expression that a secret is made of. */
export function valuesInExpression(text: string, at: number): readonly SecretSpan[] {
  const isFallback = orElse.test(text.slice(at, at + longestExpression));
  for (const pattern of isFallback ? [wrapper, preset, fallback] : [wrapper, preset]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return quotedValues(text, pattern.lastIndex) ?? [];
  }
  return [];
}
