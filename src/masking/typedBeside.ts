import type { SecretName, SecretSpan } from './secretSpan.ts';
import { typedWord } from './typedText.ts';

/** What an activity calls the place that it types into: right before the name, or before the quote it stands in. */
const target =
  /(?<![A-Za-z])(?:element|target|selector|control|locator|widget|field|textfield|textbox|displayname|控件|元素|目标|对象|输入框|(?:资产|变量|参数|配置项?|凭[据证])(?:名称?)?)名?\s{0,2}[:=：]?\s{0,2}\\*["'(“「『【[{<]?$/i;
const longestTarget = 18;
/** A field of the mask that an application has: appmask['Login']['Password'] */
const maskOfApp = /\bapp(?:mask)?\[(?:'[^'\n]{0,60}'\]\[)?'[^'\n]{0,40}$/i;
/** 在目标中输入密码，内容：… */
const typing = /(?:输入|填写|键入|录入)[\u4e00-\u9fff]{0,6}$/;
/** What an activity calls that which it types, and the value. */
const written =
  /(?<![\w.])(?:[a-z]{0,12}text|value|content|key ?strokes|keys|input(?:text)?|内容|文本|值|输入值|输入内容|填写内容|参数)\\*["']?\s{0,2}(?:[:=：]\s{0,2}|(?=[“「『【]))\\*(?:\$'''|["'“「『【[])?([^\s"'`“”「」『』【】，。；,;<>\\]{4,200})/dgi;
const farthest = 120;

interface Written {
  readonly start: number;
  readonly value: readonly [start: number, end: number];
}

/**
 * What is typed, said by itself in the activity that names the field: `Selector="<… id='password'>" Text="…"`,
 * `元素：密码框，内容：…`, in any order. Looked for once in a text, not beside each name.
 */
export class TypedBeside {
  private readonly text: string;
  private places: readonly Written[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** What is typed into the field that a name names. */
  valuesOf({ text: named, start, end }: SecretName): readonly SecretSpan[] {
    const places = (this.places ??= writtenIn(this.text));
    const next = firstFrom(places, end);
    const behind = places[next];
    const before = places[next - 1];
    const isAhead = behind !== undefined && this.isNear(end, behind.start);
    const isBack = before !== undefined && this.isNear(before.value[1], start);
    if (!isAhead && !isBack) return [];
    const isTarget = this.isTarget(start);
    if (isAhead && (isTarget || typing.test(named))) return typedWord(this.text, ...behind.value);
    return isBack && isTarget ? typedWord(this.text, ...before.value) : [];
  }

  private isNear(from: number, to: number): boolean {
    return from <= to && to - from <= farthest && !/[\n；;]/.test(this.text.slice(from, to));
  }

  private isTarget(at: number): boolean {
    const { text } = this;
    if (target.test(text.slice(Math.max(0, at - longestTarget), at))) return true;
    const before = text.slice(Math.max(0, at - farthest), at);
    if (before.includes("['") && maskOfApp.test(before)) return true;
    const quote = before.lastIndexOf('"');
    const quoteAt = Math.max(0, at - farthest) + quote;
    return quote >= 0 && target.test(text.slice(Math.max(0, quoteAt - longestTarget), quoteAt));
  }
}

function writtenIn(text: string): readonly Written[] {
  return [...text.matchAll(written)].flatMap(({ index, indices }) => {
    const value = indices?.[1];
    return value === undefined ? [] : [{ start: index, value }];
  });
}

/** The index of the first that stands at or behind a place. */
function firstFrom(places: readonly Written[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle]?.start ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
