/**
 * One word and another on a line, at most so many signs apart, whichever comes first: Chinese says both “元素未找到” and
 * “未找到元素”, and so does English. The gap has a bound, which keeps the search linear.
 */
export function near(one: RegExp, other: RegExp, signs: number): RegExp {
  const [a, b, gap] = [`(?:${one.source})`, `(?:${other.source})`, `[^\\n]{0,${String(signs)}}`];
  return new RegExp(`${a}${gap}${b}|${b}${gap}${a}`, 'i');
}
