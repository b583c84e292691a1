/**
 * How objects and lists begin in base64, and what is before a login: without these only passwords by their look
 * are sought. The first sign, an `e` or `W`, is left out where it can be: an `e` is in every second word.
 */
const beginnings = ['wog', 'woJ', 'w0K', 'W3s', 'Basic '];
/** What follows an `y` in them: it is in every tenth word, so that it is looked for once for all three. */
const behindY = 'JdA';

/** Whether JSON or a login may stand in base64 somewhere in a text. */
export function mayBeginJson(text: string): boolean {
  for (let at = text.indexOf('y'); at >= 0; at = text.indexOf('y', at + 1)) {
    if (behindY.includes(text.charAt(at + 1) || ' ')) return true;
  }
  return beginnings.some((beginning) => text.includes(beginning));
}
