const ticketBytes = 4;
/** A fetch asks for 10 MB at most, and gets a head with it; room for larger answers is let go of. */
const largestSpare = 11 * 1_024 * 1_024;
/** An answer that leaves more of its room free gives it back, but for so much: the flood is over. */
const mostFree = 8;
const smallestSpare = 256 * 1_024;
/** The brokers of a small cluster are asked beside each other. */
const mostSpares = 3;

/** What stands in the bytes of an answer. */
interface StandsThere {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** Answers to fetches on their way past kafkajs, and the room they leave for others. */
export class KeptAnswers {
  private readonly answers = new Map<number, Buffer>();
  private tickets = 0;
  /** The largest last. */
  private readonly spares: Buffer[] = [];
  /** By their memory, answers whose messages are read where they stand, and for how many partitions. */
  private readonly lent = new WeakMap<
    ArrayBufferLike,
    { readonly answer: Buffer; readers: number }
  >();

  /** Room for an answer: at least `least` bytes of it, or all. */
  room(length: number, least: number): Buffer {
    const spare = this.spares.pop();
    const wanted = Math.min(length, least);
    return spare !== undefined && spare.length >= wanted ? spare : Buffer.allocUnsafeSlow(wanted);
  }

  /**
   * Keeps an answer, which stands in a room of its own, for this turn of the event loop, and gives what stands for it. kafkajs
   * asks for it within the turn; one that came too late for it is never asked for.
   */
  keep(answer: Buffer): Buffer {
    const ticket = Buffer.alloc(ticketBytes);
    const number = (this.tickets + 1) >>> 0;
    this.tickets = number;
    ticket.writeUInt32BE(number);
    this.answers.set(number, answer);
    setImmediate(() => this.answers.delete(number));
    return ticket;
  }

  /** The answer that a ticket stands for; undefined for what is none: no answer is as short. */
  take(ticket: Buffer): Buffer | undefined {
    if (ticket.length !== ticketBytes) return undefined;
    const number = ticket.readUInt32BE();
    const answer = this.answers.get(number);
    this.answers.delete(number);
    return answer;
  }

  /**
   * Has the messages of an answer, by partition, be read where they stand. Where kafkajs drops those of a partition nobody says
   * that they were read: then no other answer gets this room.
   */
  lend(answer: Buffer, partitions: readonly (readonly StandsThere[])[]): void {
    const memory = answer.buffer;
    const isThere = (message: StandsThere) => memoryOf(message) === memory;
    const readers = partitions.filter((messages) => messages.some(isThere)).length;
    if (readers === 0) this.free(answer);
    else this.lent.set(memory, { answer, readers });
  }

  /** Nobody reads these messages any more, which are all that were given of a partition. */
  wereRead(messages: readonly StandsThere[]): void {
    for (const message of messages) {
      const memory = memoryOf(message);
      const lent = memory && this.lent.get(memory);
      if (lent === undefined) continue;
      if (--lent.readers > 0) return;
      this.lent.delete(lent.answer.buffer);
      this.free(lent.answer);
      return;
    }
  }

  /** Nobody reads an answer any more. */
  free({ buffer, length }: Buffer): void {
    const room = buffer.byteLength;
    const isUsed = room <= Math.max(smallestSpare, mostFree * length);
    if (!isUsed || room > largestSpare) return;
    this.spares.push(Buffer.from(buffer));
    this.spares.sort((a, b) => a.length - b.length);
    if (this.spares.length > mostSpares) this.spares.shift();
  }
}

function memoryOf({ key, value }: StandsThere): ArrayBufferLike | undefined {
  return (value ?? key)?.buffer;
}
