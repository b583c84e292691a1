const ticketBytes = 4;
/** A fetch asks for 10 MB at most, and gets a head with it; room for larger answers is let go of. */
const largestSpare = 11 * 1_024 * 1_024;
/** An answer that leaves more of its room free gives it back, but for so much: the flood is over. */
const mostFree = 8;
const smallestSpare = 256 * 1_024;

/** Answers to fetches on their way past kafkajs, and the room they leave for others. */
export class KeptAnswers {
  private readonly answers = new Map<number, Buffer>();
  private tickets = 0;
  private spare: Buffer | undefined;

  /** Room for an answer: at least `least` bytes of it, or all. */
  room(length: number, least: number): Buffer {
    const { spare } = this;
    this.spare = undefined;
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

  /** Nobody reads an answer any more. */
  free({ buffer, length }: Buffer): void {
    const room = buffer.byteLength;
    const isUsed = room <= Math.max(smallestSpare, mostFree * length);
    if (isUsed && room <= largestSpare && room > (this.spare?.length ?? 0)) {
      this.spare = Buffer.from(buffer);
    }
  }
}
