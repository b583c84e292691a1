const lengthBytes = 4;

/** Counts the answers in what a broker sends: each has its length before it. Keeps nothing of them. */
export class FrameCounter {
  /** What has come of a length that is not whole yet. */
  private length = 0;
  private lengthBytesSeen = 0;
  /** What is still to come of the answer under way. */
  private left = 0;

  /** How many answers end in `data`. */
  take(data: Buffer): number {
    let ended = 0;
    let at = 0;
    while (at < data.length) {
      if (this.lengthBytesSeen < lengthBytes) {
        this.length = this.length * 256 + data.readUInt8(at++);
        if (++this.lengthBytesSeen < lengthBytes) continue;
        this.left = this.length;
      } else {
        const taken = Math.min(this.left, data.length - at);
        this.left -= taken;
        at += taken;
      }
      if (this.left > 0) continue;
      ended++;
      this.length = 0;
      this.lengthBytesSeen = 0;
    }
    return ended;
  }
}
