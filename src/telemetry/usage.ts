import { fieldOf } from './fieldOf.ts';

/** What is known of a usage. */
export type UsageParts = Readonly<Partial<Record<UsageName, number | undefined>>>;
type UsageName = (typeof names)[number];

/** In the order of the wire. */
const names = ['questionTokens', 'promptTokens', 'completionTokens', 'totalTokens'] as const;

/** Tokens that a model has taken and given. */
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
    for (const name of names) this[name] = tokens(usage, name);
  }

  /** Adds those of another. */
  add(usage: Readonly<Usage>): void {
    for (const name of names) this[name] += usage[name];
  }

  /** Whether there is none. */
  get isEmpty(): boolean {
    return names.every((name) => this[name] === 0);
  }

  /** The object as JSON; the newest services write the numbers of a node as texts. */
  toJson(numbers: 'numbers' | 'texts' = 'numbers'): string {
    const q = numbers === 'texts' ? '"' : '';
    // `questionTokens` is `question_tokens` there.
    const members = names.map((name) => `"${name.replace('T', '_t')}": ${q}${this[name]}${q}`);
    return `{${members.join(', ')}}`;
  }
}

/** What a model says it used may be missing, or a text; a record with something else for a number can't be read. */
function tokens(usage: unknown, name: UsageName): number {
  const count = fieldOf(usage, name);
  const isNumber = typeof count === 'number' || typeof count === 'string';
  const number = isNumber ? Number(count) : 0;
  return Number.isFinite(number) ? number : 0;
}
