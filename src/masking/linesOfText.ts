/** A part of a text, end exclusive. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/** What ends a line, in a text of JSON as well; of many backslashes only the first is tried. */
export const lineBreak = String.raw`\r?\n|(?<!\\)(?:\\{1,1024}r)?\\{1,1024}n`;
const nothing: Line = { start: 0, end: 0 };

/** Walks through the lines of a text: asked for rising places, it looks at each place once. */
export class LinesOfText {
  private readonly text: string;
  private readonly breaks = new RegExp(lineBreak, 'g');
  private line = nothing;
  private lineAbove = nothing;

  constructor(text: string) {
    this.text = text;
    this.line = this.lineFrom(0);
  }

  /** The line that a place is in, the same object for each place of it. */
  around(at: number): Line {
    while (at > this.line.end && this.breaks.lastIndex > 0) {
      this.lineAbove = this.line;
      this.line = this.lineFrom(this.breaks.lastIndex);
    }
    return this.line;
  }

  /** The line above the one that was asked for last; empty above the first. */
  above(): Line {
    return this.lineAbove;
  }

  private lineFrom(start: number): Line {
    this.breaks.lastIndex = start;
    return { start, end: this.breaks.exec(this.text)?.index ?? this.text.length };
  }
}
