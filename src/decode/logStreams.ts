import { withoutColours } from '../base/colours.ts';
import type { Redactor } from '../masking/redact.ts';
import type { LogLine, LogStream } from '../trace/execution.ts';
import { isErrorLevel } from '../trace/logLevel.ts';
import { channels, type ModelFrame, type Piece, readFrame } from './modelFrames.ts';

/** A stream as it stands in the log, not masked. */
interface FoundStream {
  readonly id: string;
  readonly lines: number[];
  readonly pieces: (Piece & { readonly line: number })[];
  frames: number;
  isOver: boolean;
}

/** What came of the streams of a log. */
export interface MaskedStreams {
  readonly streams: readonly LogStream[];
  /** Lines with a part of a secret that shows only in the whole text. */
  readonly broken: ReadonlySet<number>;
}

/**
 * Puts together what a model gave piece by piece, and masks the whole: a secret may be broken over frames, and none
 * of them shows that it is one. The lines that hold the parts are told, to be hidden too.
 */
export function readStreams(lines: readonly LogLine[], redactor: Redactor): MaskedStreams {
  const broken = new Set<number>();
  const streams = findStreams(lines).map((found): LogStream => {
    const masked = [...byChannel(found)].map(([channel, pieces]) => {
      return [channel, maskPieces(pieces, redactor, broken)] as const;
    });
    const isReasoning = ([channel]: readonly [string, string]) => channel === channels.reasoning;
    return {
      ...{ lines: found.lines, frames: found.frames },
      text: masked
        .filter((part) => !isReasoning(part))
        .map(([, text]) => text)
        .join('\n'),
      reasoning: masked.find(isReasoning)?.[1] ?? '',
    };
  });
  return { streams, broken };
}

/** Frames of one id, wherever they stand; without ids those that follow each other. */
function findStreams(lines: readonly LogLine[]): readonly FoundStream[] {
  const found: FoundStream[] = [];
  const byId = new Map<string, FoundStream>();
  let last: FoundStream | undefined;
  for (const [line, { level, message }] of lines.entries()) {
    const frame = isErrorLevel(level) ? undefined : readFrame(message);
    if (frame === undefined) {
      last = undefined;
      continue;
    }
    const known = frame.id === '' ? last : byId.get(frame.id);
    const stream = known !== undefined && goesOn(known, frame) ? known : begin(frame);
    if (stream !== known) found.push(stream);
    if (stream.id !== '') byId.set(stream.id, stream);
    stream.lines.push(line);
    for (const piece of frame.pieces) stream.pieces.push({ ...piece, line });
    stream.frames += frame.frames;
    stream.isOver ||= frame.isLast;
    last = stream;
  }
  return found.filter((stream) => stream.frames > 1 && stream.pieces.length > 0);
}

function begin({ id }: ModelFrame): FoundStream {
  return { id, lines: [], pieces: [], frames: 0, isOver: false };
}

/** Behind its end comes what it took, and no piece more. */
function goesOn({ isOver }: FoundStream, { pieces }: ModelFrame): boolean {
  return !isOver || pieces.length === 0;
}

function byChannel({ pieces }: FoundStream): Map<string, FoundStream['pieces']> {
  const all = new Map<string, FoundStream['pieces']>();
  for (const piece of pieces) {
    const known = all.get(piece.channel);
    if (known === undefined) all.set(piece.channel, [piece]);
    else known.push(piece);
  }
  return all;
}

/** The text of the pieces, masked; notes the lines of those in which it differs. */
function maskPieces(
  pieces: FoundStream['pieces'],
  redactor: Redactor,
  broken: Set<number>,
): string {
  const whole = pieces.map(({ text }) => text).join('');
  const masked = redactor.text(whole);
  if (masked === withoutColours(whole)) return masked;
  const [from, to] = difference(whole, masked);
  let at = 0;
  for (const { line, text } of pieces) {
    if (at < to && at + text.length > from) broken.add(line);
    at += text.length;
  }
  return masked;
}

/** Between which places of `a` it differs from `b`: of several secrets from the first to the last. */
function difference(a: string, b: string): readonly [from: number, to: number] {
  const most = Math.min(a.length, b.length);
  let from = 0;
  while (from < most && a[from] === b[from]) from++;
  let same = 0;
  while (same < most - from && a[a.length - 1 - same] === b[b.length - 1 - same]) same++;
  return [from, a.length - same];
}
