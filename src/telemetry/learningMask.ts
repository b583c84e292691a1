import { maskMark } from '../trace/masked.ts';
import { eachText } from './mask.ts';
import type { Mask } from './mask.ts';

/** A mask that learns secrets while the robot runs: a password that was typed, which its errors may say again. */
export interface LearningMask extends Mask {
  /** From now on the text is hidden wherever it stands. */
  learn(secret: string): void;
}

/** A shorter one would hide ordinary words: it is hidden where it stands in quotes, as what was typed does in errors. */
const shortest = 4;
const quotes = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['\\"', '\\"'],
] as const;
/** Forms of passwords. A robot knows some; one that types a new one each time forgets the oldest. */
const mostSecrets = 200;

/** A mask of one's own over one that all may share; `onLearn`: what was judged before is to be judged again. */
export function learningMask(mask: Mask, onLearn: () => void = () => undefined): LearningMask {
  const secrets = new Map<string, string>();
  const hidden = (text: string) => {
    let masked = text;
    for (const [secret, shown] of secrets) masked = masked.replaceAll(secret, shown);
    return masked;
  };
  return {
    value: (name, value) => mask.value(name, secrets.size === 0 ? value : eachText(value, hidden)),
    text: (text) => mask.text(secrets.size === 0 ? text : hidden(text)),
    learn(secret) {
      onLearn();
      for (const [form, shown] of formsOf(secret)) {
        secrets.delete(form);
        secrets.set(form, shown);
      }
      for (const oldest of secrets.keys()) {
        if (secrets.size <= mostSecrets) break;
        secrets.delete(oldest);
      }
    },
  };
}

/** As it stands in texts, and in texts within them, where it is escaped; and what is shown instead. */
function formsOf(secret: string): readonly (readonly [form: string, shown: string])[] {
  if (secret === '') return [];
  const forms = [secret, JSON.stringify(secret).slice(1, -1)];
  return secret.length >= shortest
    ? forms.map((form) => [form, maskMark])
    : forms.flatMap((form) =>
        quotes.map(([begin, end]) => [begin + form + end, begin + maskMark + end] as const),
      );
}
