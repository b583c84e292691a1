import { fieldOf } from './errorText.ts';

/** What is known of a usage. */
export type UsageParts = Readonly<Partial<Record<UsageName, number | undefined>>>;
type UsageName = 'questionTokens' | 'promptTokens' | 'completionTokens' | 'totalTokens';

/** Tokens that a model has taken and given, in the order of the wire. */
export class Usage {
  /** Tokens of the question alone. */
  questionTokens = 0;
  /** Tokens that the model was given. */
  promptTokens = 0;
  /** Tokens that it gave. */
  completionTokens = 0;
  /** Both together. */
  totalTokens = 0;

  /** Takes over what is given; what is missing counts as 0, as it does for the services. */
  set(usage: UsageParts): void {
    this.questionTokens = tokens(usage, 'questionTokens');
    this.promptTokens = tokens(usage, 'promptTokens');
    this.completionTokens = tokens(usage, 'completionTokens');
    this.totalTokens = tokens(usage, 'totalTokens');
  }

  /** Adds those of another. */
  add(usage: Readonly<Usage>): void {
    this.questionTokens += usage.questionTokens;
    this.promptTokens += usage.promptTokens;
    this.completionTokens += usage.completionTokens;
    this.totalTokens += usage.totalTokens;
  }

  /** Whether there is none. */
  get isEmpty(): boolean {
    return (
      this.totalTokens === 0 &&
      this.promptTokens === 0 &&
      this.completionTokens === 0 &&
      this.questionTokens === 0
    );
  }

  /** The object as JSON; the newest services write the numbers of a node as texts. */
  toJson(numbers: 'numbers' | 'texts' = 'numbers'): string {
    const q = numbers === 'texts' ? '"' : '';
    return (
      `{"question_tokens": ${q}${this.questionTokens}${q}, ` +
      `"prompt_tokens": ${q}${this.promptTokens}${q}, ` +
      `"completion_tokens": ${q}${this.completionTokens}${q}, ` +
      `"total_tokens": ${q}${this.totalTokens}${q}}`
    );
  }
}

/** What a model says it used may be missing, or a text; a record with something else for a number can't be read. */
function tokens(usage: unknown, name: UsageName): number {
  const count = fieldOf(usage, name);
  const isNumber = typeof count === 'number' || typeof count === 'string';
  const number = isNumber ? Number(count) : 0;
  return Number.isFinite(number) ? number : 0;
}
