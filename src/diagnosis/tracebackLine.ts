import type { Evidence } from './finding.ts';

/** A frame of a traceback: its file and its line. */
const frame = /File "([^"\n]{0,500})", line (\d{1,6})/g;
/** What is run from a text has no file. */
const ownFile = /^<(?!frozen)[^>]*>$/;

/** The line of the node's own program at which it failed; null where no traceback tells. */
export function tracebackLine(evidence: readonly Pick<Evidence, 'value'>[]): number | null {
  for (const { value } of evidence) {
    const frames = [...value.matchAll(frame)];
    const own = frames.filter(([, file = '']) => ownFile.test(file));
    const last = (own.length > 0 ? own : frames).at(-1);
    if (last !== undefined) return Number(last[2]);
    // Of a program that can't be read the message tells the line.
    const syntax = /(?:SyntaxError|IndentationError)[^\n]{0,200}line (\d{1,6})/.exec(value);
    if (syntax !== null) return Number(syntax[1]);
  }
  return null;
}
