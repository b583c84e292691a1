import type { Json, JsonObject } from '../base/json.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import { isList, isObject } from './fields.ts';

/** A piece of a text, and which text: of several answers each has its own, and so has what is thought before. */
export interface Piece {
  readonly channel: string;
  readonly text: string;
}

/** What a model streams at a time; some frames hold no piece: who speaks, what it took, that it ended. */
export interface ModelFrame {
  /** How many frames stand in it: events may be logged together. */
  readonly frames: number;
  /** The same for all frames of an answer; empty where they don't tell. */
  readonly id: string;
  readonly pieces: readonly Piece[];
  readonly isLast: boolean;
}

/** The channels that have a name; those of further answers and of calls follow the answer. */
export const channels = { answer: 'answer', reasoning: 'reasoning' } as const;

/** Reads a log message as a frame, raw JSON or lines of server-sent events; undefined where it is none. */
export function readFrame(message: string): ModelFrame | undefined {
  const begin = /^\s*(?:(\{)|(?:data|event|id|retry)?:)/.exec(message);
  if (begin === null) return undefined;
  return begin[1] === undefined ? readEvents(message) : readJson(message);
}

/** Lines of `data:`, each with a frame; names, ids and comments of events say nothing here. */
function readEvents(message: string): ModelFrame | undefined {
  const frames: ModelFrame[] = [];
  for (const line of message.split(/\r?\n/)) {
    const data = /^\s*data:\s?(.*)$/.exec(line)?.[1]?.trim();
    if (data === undefined) {
      if (/^\s*$|^\s*(?:event|id|retry)?:/.test(line)) continue;
      return undefined;
    }
    const frame = data === '[DONE]' ? ended : readJson(data);
    if (frame === undefined) return undefined;
    frames.push(frame);
  }
  if (frames.length === 0) return undefined;
  return {
    frames: frames.length,
    id: frames.find(({ id }) => id !== '')?.id ?? '',
    pieces: frames.flatMap(({ pieces }) => pieces),
    isLast: frames.some(({ isLast }) => isLast),
  };
}

const ended: ModelFrame = { frames: 1, id: '', pieces: [], isLast: true };

function readJson(text: string): ModelFrame | undefined {
  // Looked for before anything is parsed: most logs are no frames.
  if (!/"(?:choices|delta|type)"/.test(text)) return undefined;
  const parsed = parseJsonExactly(text);
  if (!parsed.ok || !isObject(parsed.value)) return undefined;
  return ofChunk(parsed.value) ?? ofSpark(parsed.value) ?? ofEvent(parsed.value);
}

/** A chunk as OpenAI writes it, and all who follow it. */
function ofChunk(frame: JsonObject): ModelFrame | undefined {
  const { choices, id } = frame;
  if (!isList(choices)) return undefined;
  const pieces: Piece[] = [];
  let isLast = false;
  for (const choice of choices) {
    if (!isObject(choice)) return undefined;
    const { delta, text } = choice;
    // Whole answers have a message.
    if (!isObject(delta) && typeof text !== 'string') return undefined;
    const nth = numberOf(choice['index']);
    if (isObject(delta)) addDelta(pieces, delta, nth);
    else if (typeof text === 'string') add(pieces, answerOf(nth), text);
    isLast ||= typeof choice['finish_reason'] === 'string' && choice['finish_reason'] !== '';
  }
  return { frames: 1, id: typeof id === 'string' ? id : '', pieces, isLast };
}

function addDelta(pieces: Piece[], delta: JsonObject, nth: number): void {
  add(pieces, channels.reasoning, delta['reasoning_content'] ?? delta['reasoning']);
  add(pieces, answerOf(nth), delta['content']);
  const { tool_calls: calls } = delta;
  for (const call of isList(calls) ? calls : []) {
    const called = isObject(call) ? call['function'] : undefined;
    if (!isObject(call) || !isObject(called)) continue;
    const channel = `call ${String(nth)} ${String(numberOf(call['index']))}`;
    const { name } = called;
    if (typeof name === 'string' && name !== '') add(pieces, channel, `${name} `);
    add(pieces, channel, called['arguments']);
  }
}

/** A frame of Spark's websocket: `status` 2 is its last. */
function ofSpark({ header, payload }: JsonObject): ModelFrame | undefined {
  const choices = isObject(payload) ? payload['choices'] : undefined;
  const texts = isObject(choices) ? choices['text'] : undefined;
  if (!isObject(choices) || !isList(texts)) return undefined;
  const pieces: Piece[] = [];
  for (const text of texts) {
    if (!isObject(text)) return undefined;
    add(pieces, channels.reasoning, text['reasoning_content']);
    add(pieces, answerOf(numberOf(text['index'])), text['content']);
  }
  const sid = isObject(header) ? header['sid'] : undefined;
  const id = typeof sid === 'string' ? sid : '';
  return { frames: 1, id, pieces, isLast: choices['status'] === 2 };
}

/** Events that tell by their type what they are, as Anthropic and the later interface of OpenAI have them. */
function ofEvent({ type, delta }: JsonObject): ModelFrame | undefined {
  if (typeof type !== 'string') return undefined;
  const isKnown = /^(?:message_|content_block_|response\.)|^ping$/.test(type);
  if (!isKnown) return undefined;
  const pieces: Piece[] = [];
  if (type === 'content_block_delta' && isObject(delta)) {
    add(pieces, channels.reasoning, delta['thinking']);
    add(pieces, channels.answer, delta['text']);
    add(pieces, 'call', delta['partial_json']);
  } else if (type === 'response.output_text.delta') add(pieces, channels.answer, delta);
  else if (type.startsWith('response.reasoning') && type.endsWith('.delta')) {
    add(pieces, channels.reasoning, delta);
  }
  const isLast = type === 'message_stop' || type === 'response.completed';
  return { frames: 1, id: '', pieces, isLast };
}

function add(pieces: Piece[], channel: string, text: Json | undefined): void {
  if (typeof text === 'string' && text !== '') pieces.push({ channel, text });
}

const answerOf = (nth: number) => (nth === 0 ? channels.answer : `answer ${String(nth)}`);

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
