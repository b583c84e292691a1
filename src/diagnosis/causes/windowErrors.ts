/** What pywinauto looks for by them is a window, not something in one. */
const ofWindow = "'(?:title_re|process)'|'top_level_only': True|'control_type': 'Window'";
const ofElement =
  "'control_type': '(?!Window)|'top_level_only': False|'(?:parent|auto_id|ctrl_index)'";

const windowError = new RegExp(
  `\\bElementNotFoundError(?=: \\{(?![^\\n]{0,300}(?:${ofElement}))[^\\n]{0,300}(?:${ofWindow}))`,
  'g',
);

/** pywinauto has one error for both: what it looked for is behind it, and makes it one of windows. */
export function withWindowErrors(text: string): string {
  return text.replace(windowError, 'WindowNotFoundError');
}
