import {
  looksMade,
  looksMixed,
  looksRandom,
  signsOfText,
  type SecretName,
  type SecretSpan,
  spansAt,
  groupAt,
} from './secretSpan.ts';

const open = String.raw`\\{0,8}["'\x60“「『【\[(<]{0,2}`;
const close = String.raw`\\{0,8}["'\x60”」』】\])>]{0,2}`;
const value = String.raw`([^${signsOfText},;()\[\]<>\u4e00-\u9fff]{6,200})`;

const changeOf = (valueOf: string) =>
  new RegExp(
    String.raw`${close}[^\n]{0,24}?(?:\bfrom|\bwas|由|从|原为|原值)[\s:：]{0,2}${open}${valueOf}${close}[\s,，、]{0,3}(?:to|(?:is )?now|new|→|->|=>|[改变]为|修改为|更改为|改成|变成|现为|新值)[\s:：]{0,2}${open}${valueOf}`,
    'diy',
  );
const change = changeOf(value);
const changedCode = changeOf(String.raw`(\d{4,8})(?!\d)`);
const namesCode = /(?:pin|otp|code|[码碼]|口令)[由从]?$/i;

const longestChange = 32;
const changes = /from|was|[由从]|原[为值]/i;

/** password changed from … to …, 密码由…改为…: both are ones. */
export function changedValues(text: string, name: SecretName): readonly SecretSpan[] {
  // 密码由…改为…: the word is read as a part of the name.
  const from = /[由从]$/.test(name.text) ? name.end - 1 : name.end;
  if (!changes.test(text.slice(from, from + longestChange))) return [];
  if (namesCode.test(name.text)) {
    changedCode.lastIndex = from;
    const [, before, after] = changedCode.exec(text)?.indices ?? [];
    if (before !== undefined && after !== undefined)
      return [before, after].map(([start, end]) => ({ start, end }));
  }
  change.lastIndex = from;
  const indices = change.exec(text)?.indices;
  return [indices?.[1], indices?.[2]].flatMap((span) => made(text, span, looksMade));
}

const given = new RegExp(
  String.raw`[^\n]{0,80}?\b(?:got|received|given|actual(?:ly)?|but was|instead of|found)\b[\s:]{1,3}${open}${value}`,
  'diy',
);

const expects = /^\s{0,4}(?:expected|must|should|invalid|wrong|has|is|was|does|not|too)\b/i;

/** field password: expected 12 characters, got …: what was given, behind what was expected. */
export function givenValue(text: string, from: number): readonly SecretSpan[] {
  if (!expects.test(text.slice(from, from + 24))) return [];
  return made(text, groupAt(given, text, from), looksMixed);
}

const verbBefore =
  /(?:fill|typ|sett?|enter|input|writ|past|send)(?:ing|es?|ed|s)?[^\S\n]{1,3}(?:(?:the|in|into|field|value|text|element|of|variable|parameter|asset) ){0,3}["'\x60#.%[]{0,2}$/i;
const longestVerb = 48;
const withValue = new RegExp(
  String.raw`["'\x60\]%]{0,2}[^\S\n]{1,3}(?:field |box |input )?(?:with|to|as|by|=|:|->|<-|←)[^\S\n]{1,3}(?:\$?\\{0,8}(?:'''|["'])([^"'\\\n]{4,200})(?='''|\\{0,8}["'])|${open}${value})`,
  'diy',
);

/** Filling #password with … */
export function filledWith(text: string, name: SecretName): readonly SecretSpan[] {
  withValue.lastIndex = name.end;
  const indices = withValue.exec(text)?.indices;
  // Looked for first, because most names have none behind them.
  const isFilled =
    indices !== undefined &&
    verbBefore.test(text.slice(Math.max(0, name.start - longestVerb), name.start));
  if (!isFilled) return [];
  const [, quoted, bare] = indices;
  if (quoted === undefined) return made(text, bare, looksMade);
  const isTold = /\d|[^\w\s.-]|[a-z][A-Z]/.test(text.slice(...quoted));
  return isTold ? spansAt(quoted) : [];
}

const lineBegins = /(?:^|\n|\\n|:\s?\\{0,8}")[^\S\n]{0,8}$/;
/** On the next line, or in the next cell of the same. */
const aloneBehind = new RegExp(
  String.raw`(?:[^\S\n]{0,4}(?:\n|\\n)[^\S\n]{0,8}|[;,\t])${value}[^\S\n]{0,4}(?=\n|\\n|\\?"|$)`,
  'dy',
);

/** In the next column, where blanks alone part both: pwd    … */
const columnBehind = /(?:[^\S\n]{2,60}|\t)([^\s"'\\/]{4,64})[^\S\n]{0,4}(?=\n|\\n|\\?"|$)/dy;

/** A name alone on its line, and what stands alone below it, as the text of a page is copied; or a row of both. */
export function aloneBelow(text: string, name: SecretName): readonly SecretSpan[] {
  if (!lineBegins.test(text.slice(Math.max(0, name.start - 12), name.start))) return [];
  const column = groupAt(columnBehind, text, name.end);
  if (
    column !== undefined &&
    /[a-z]/i.test(text.slice(...column)) &&
    /\d/.test(text.slice(...column))
  )
    return spansAt(column);
  return made(text, groupAt(aloneBehind, text, name.end), looksMixed);
}

const told = new RegExp(
  String.raw`${close}[^\n.;。；]{0,30}?(?:\b(?:(?:should|must|would|to) be|contains?|holds?|reads?|new one|current(?:ly)?|but (?:got|was)|(?:entered|typed|given|sent|used|provided|set|filled|read)(?: in)? as)\b|(?<=[\s（(，,：:])(?:值|当前|现在|期望|实际|输入|改成|默认)[为是]?|发给?你|给你)[\s:：]{0,2}${open}${value}`,
  'diy',
);
const telling =
  /be\b|contain|hold|read|one\b|current|but (?:got|was)| as |值|当前|现在|期望|实际|输入|改成|默认|给?你/;
const expectedToo = new RegExp(
  String.raw`${close}(?: expected)?[\s,，;；]{0,3}(?:but (?:got|was)|got|instead of|expected|actual(?:ly)?|期望|实际)[为是]?[\s:：]{0,2}${open}${value}`,
  'diy',
);

/** the password should be …, 密码（当前：…） */
export function toldValue(text: string, name: SecretName): readonly SecretSpan[] {
  if (!strongName.test(name.text)) return [];
  if (!telling.test(text.slice(name.end, name.end + longestTold))) return [];
  return made(text, groupAt(told, text, name.end), looksMixed);
}

/** `… but got "…"`: two values, one of which was wrong. */
export function besideTold(text: string, from: number): readonly SecretSpan[] {
  return made(text, groupAt(expectedToo, text, from), looksMixed);
}

const longestTold = 40;

/** Names whose secrets people write beside them in any way: those of a token or a key have other random words beside them. */
const strongName = /pass(?:w|phrase|code|$)|pwd|secret|cred|密[码碼钥鑰匙]|口令|passe/i;
const lineBreak = /\n|\\n/;
const charsBehind = 80;
const charsBefore = 48;
const plainWord = /[A-Za-z\d!@#$%^&*+~?]{8,48}/g;

/** A word of a generator of passwords, near the name on its line: no notation is needed to tell it. */
export function randomNear(text: string, name: SecretName): readonly SecretSpan[] {
  if (!strongName.test(name.text)) return [];
  const behind = text.slice(name.end, name.end + charsBehind).split(lineBreak, 1)[0] ?? '';
  const before =
    text
      .slice(Math.max(0, name.start - charsBefore), name.start)
      .split(lineBreak)
      .at(-1) ?? '';
  return [...randomIn(before, name.start - before.length), ...randomIn(behind, name.end)];
}

/** Sheet1!C2 */
const cellOfSheet = /![A-Z]{1,3}\d{1,7}$/;

function randomIn(part: string, start: number): readonly SecretSpan[] {
  // Without a digit there is none.
  if (!/\d/.test(part)) return [];
  return [...part.matchAll(plainWord)].flatMap(({ index, 0: word }) => {
    // A part of a path, of an id or of what is longer is none.
    const around = part.charAt(index - 1) + part.charAt(index + word.length);
    const isPart = /[\w./\\=-]/.test(around) && !/^["'=]?["'.]?$/.test(around);
    const from = start + index;
    return !isPart && !cellOfSheet.test(word) && looksRandom(word)
      ? [{ start: from, end: from + word.length }]
      : [];
  });
}

function made(
  text: string,
  span: readonly [number, number] | undefined,
  looksSecret: (word: string) => boolean,
): readonly SecretSpan[] {
  if (span === undefined) return [];
  const word = text.slice(...span).replace(/[.:!?]{1,4}$/, '');
  const isSecret = looksSecret(word) && word.length >= 6;
  return isSecret ? [{ start: span[0], end: span[0] + word.length }] : [];
}
