/** How an execution ended: 0 and a free message for success, otherwise the code of the first error. */
export class Status {
  /** 0 for well, else the code of the error. */
  code = 0;
  /** What there is to say of it. */
  message = '';

  /** Takes over code and message. */
  set(code: number, message: string): void {
    this.code = code;
    this.message = message;
  }

  /** The object as JSON; `text` writes the message. */
  toJson(text: (text: string) => string): string {
    return `{"code": ${this.code}, "message": ${text(this.message)}}`;
  }
}
