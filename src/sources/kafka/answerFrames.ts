import type { KeptAnswers } from './keptAnswers.ts';

/** A frame begins with its length, and what it answers or asks for behind that. */
const lengthBytes = 4;
const headBytes = 8;
/** Where a request tells what it asks for, and which answer will be its own. */
const apiAt = 4;
const versionAt = 6;
const requestAt = 8;
const fetchApi = 1;

/** How long a frame says it is is believed by as much as has come of it: so much first, then twice that. */
const firstRoom = 64 * 1_024;

/** What becomes of the answers of one connection. */
export interface AnswerFramesWorld {
  readonly kept: KeptAnswers;
  /** Takes an answer, its length before it. */
  readonly onAnswer: (frame: Buffer) => void;
}

/**
 * Cuts what a broker sends into answers. kafkajs would keep each piece, and join them to read views of that: twice the
 * bytes of a topic as garbage beside the heap, of which V8 has so little patience that it collected all of the heap every
 * 500 records. Here an answer to a fetch is put together in a room that the next one takes, and kafkajs is given a ticket.
 */
export class AnswerFrames {
  private readonly world: AnswerFramesWorld;
  /** Which requests under way are fetches whose answers are read here. */
  private readonly fetches = new Set<number>();
  private readonly head = Buffer.alloc(headBytes);
  private headSeen = 0;
  /** How long the answer under way is with its length, as soon as that is known. */
  private length = Infinity;
  private room: Buffer | undefined;
  private seen = 0;

  constructor(world: AnswerFramesWorld) {
    this.world = world;
  }

  /** A request is sent; kafkajs writes each at once. */
  asked(request: Uint8Array, isRead: (version: number) => boolean): void {
    if (request.length < requestAt + 4) return;
    const words = new DataView(request.buffer, request.byteOffset, request.length);
    if (words.getInt16(apiAt) !== fetchApi || !isRead(words.getInt16(versionAt))) return;
    this.fetches.add(words.getInt32(requestAt));
  }

  /** How many answers end in what came. Nothing of it is kept: the next bytes may come to the same place. */
  take(bytes: Buffer): number {
    let ended = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.room === undefined) {
        at += this.readHead(bytes, at);
        if (this.headSeen < Math.min(headBytes, this.length)) continue;
        this.begin();
      } else at += this.readRest(this.room, bytes, at);
      if (this.seen < this.length) continue;
      this.end();
      ended++;
    }
    return ended;
  }

  private readHead(bytes: Buffer, at: number): number {
    const wanted = this.headSeen < lengthBytes ? lengthBytes : Math.min(headBytes, this.length);
    const taken = bytes.copy(this.head, this.headSeen, at, at + wanted - this.headSeen);
    this.headSeen += taken;
    if (this.headSeen === lengthBytes) this.length = lengthBytes + this.head.readUInt32BE();
    return taken;
  }

  private begin(): void {
    const { head, headSeen, length } = this;
    const room = this.isFetch ? this.world.kept.room(length, firstRoom) : firstOf(length);
    head.copy(room, 0, 0, headSeen);
    this.room = room;
    this.seen = headSeen;
  }

  private readRest(room: Buffer, bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.length - this.seen);
    const needed = this.seen + end - at;
    const larger = needed > room.length ? this.grown(room, needed) : room;
    bytes.copy(larger, this.seen, at, end);
    this.room = larger;
    this.seen = needed;
    return end - at;
  }

  private grown(room: Buffer, needed: number): Buffer {
    const larger = Buffer.allocUnsafeSlow(Math.min(this.length, Math.max(needed, 2 * room.length)));
    room.copy(larger, 0, 0, this.seen);
    return larger;
  }

  private end(): void {
    const { room, length, isFetch } = this;
    [this.room, this.headSeen, this.seen, this.length] = [undefined, 0, 0, Infinity];
    const answer = room?.subarray(0, length) ?? Buffer.alloc(0);
    this.world.onAnswer(isFetch ? this.ticketFor(answer) : answer);
  }

  /** The same answer, with a ticket for all behind its head. */
  private ticketFor(answer: Buffer): Buffer {
    this.fetches.delete(answer.readInt32BE(lengthBytes));
    const ticket = this.world.kept.keep(answer.subarray(headBytes));
    const frame = Buffer.concat([answer.subarray(0, headBytes), ticket]);
    frame.writeInt32BE(frame.length - lengthBytes);
    return frame;
  }

  private get isFetch(): boolean {
    const { head, length } = this;
    return length > headBytes && this.fetches.has(head.readInt32BE(lengthBytes));
  }
}

/** Room for an answer that kafkajs reads, which keeps views of it. */
function firstOf(length: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(length, firstRoom));
}
