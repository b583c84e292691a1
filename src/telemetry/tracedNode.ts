import { attachmentValue } from './attachment.ts';
import type { AttachmentContent, AttachmentRoom } from './attachment.ts';
import { printedError } from './printedError.ts';
import type { ExceptionText } from './errorText.ts';
import type { LogLevel } from './logLine.ts';
import { shortened } from './shortened.ts';
import { recordException } from './spans.ts';
import type { LinkedSpan } from './spans.ts';
import type { Mask } from './mask.ts';
import type { NodeLog } from './nodeLog.ts';
import type { UsageParts } from './usage.ts';
import { nameOf, textOf } from './wireValue.ts';

/** What the code of a node can say about its run. Outside of an execution nobody listens. */
export interface TracedNode {
  /** The id of its log; empty outside of an execution. */
  readonly logId: string;
  /** Adds a line to the log of the node. */
  info(message: string): void;
  /** Adds an error to the log of the node, which does not fail for it. */
  error(message: string): void;
  /** Adds one output; what the code returns is added by itself. */
  output(name: string, value: unknown): void;
  /**
   * Adds a file or a picture as an output; the panel shows pictures. Its bytes go to the `largeFieldStore`, or, up
   * to 160 KiB, into the record. A text is masked like any other; what a picture shows, or other bytes hold, is not.
   */
  attach(name: string, content: AttachmentContent): void;
  /** Adds settings of the node. */
  config(values: Readonly<Record<string, unknown>>): void;
  /** Tokens that a model has taken and given. */
  usage(usage: UsageParts): void;
  /** What a model has answered. */
  llmOutput(text: string): void;
  /** The first part of a streamed answer is here. */
  firstFrame(): void;
}

/** A node that nobody looks at. */
export const untracedNode: TracedNode = {
  logId: '',
  info: () => undefined,
  error: () => undefined,
  output: () => undefined,
  attach: () => undefined,
  config: () => undefined,
  usage: () => undefined,
  llmOutput: () => undefined,
  firstFrame: () => undefined,
};

/**
 * So many lines of a node's log are kept. A record may have a megabyte, and what is of use in a log of ten
 * thousand lines stands at its begin.
 */
const mostLines = 500;
/** What is longer is no line: it is an output, or a file that is attached. */
const longestLine = 50_000;

/** A node that writes to its log and its span. A robot in JavaScript may give it anything. */
export class LoggedNode implements TracedNode {
  readonly log: NodeLog;
  readonly span: LinkedSpan | undefined;
  private readonly mask: Mask | undefined;
  private readonly room: AttachmentRoom;
  /** Does what the robot says of the node, and never throws. */
  private readonly hears: (say: () => void) => void;
  private lines = 0;

  constructor(
    log: NodeLog,
    span: LinkedSpan | undefined,
    mask: Mask | undefined,
    room: AttachmentRoom,
    hears: (say: () => void) => void,
  ) {
    this.log = log;
    this.span = span;
    this.mask = mask;
    this.room = room;
    this.hears = hears;
  }

  get logId(): string {
    return this.log.id;
  }

  info(message: string): void {
    this.say('INFO', mostLines, message);
  }

  /** Errors are kept however many lines came before, up to as many again. */
  error(message: string): void {
    this.say('ERROR', 2 * mostLines, message);
  }

  /** What the node failed with, and where; behind the stack the message stays the last line of the log, however full the record is. */
  fail(exception: ExceptionText): void {
    const { stack } = exception;
    if (stack !== '' && this.log.data.takes(stack.length)) this.log.addInfoLog(stack);
    this.log.addErrorLog(exception.message);
    recordException(this.span, exception, this.mask);
  }

  output(name: string, value: unknown): void {
    this.hears(() => {
      this.log.appendOutputData(nameOf(name), value);
    });
  }

  attach(name: string, content: AttachmentContent): void {
    this.hears(() => {
      const written = nameOf(name);
      try {
        const { kind, text } = this.room.take((room) => attachmentValue(content, room));
        if (kind === 'data') this.log.appendAttachment(written, text);
        else this.log.appendOutputData(written, text);
      } catch (error) {
        // A file that is not there must not fail the robot.
        this.info(`“${written}” was not attached: ${printedError(error)}`);
      }
    });
  }

  config(values: Readonly<Record<string, unknown>>): void {
    this.hears(() => {
      this.log.appendConfigData(values);
    });
  }

  usage(usage: UsageParts): void {
    this.hears(() => {
      this.log.appendUsageData(usage);
    });
  }

  llmOutput(text: string): void {
    this.hears(() => {
      this.log.setLlmOutput(this.log.data.textOf(text));
    });
  }

  firstFrame(): void {
    this.hears(() => {
      this.log.setFirstFrameDuration();
    });
  }

  private say(level: LogLevel, most: number, message: string): void {
    if (++this.lines > most) return;
    this.hears(() => {
      // Masked before it is cut: nobody knows half a secret for one.
      const text = shortened(this.masked(textOf(message)), longestLine);
      if (!this.log.data.takes(text.length)) return;
      this.log.addLine(level, text);
      this.span?.event(level, text);
    });
  }

  private masked(text: string): string {
    return this.mask === undefined ? text : this.mask.text(text);
  }
}
