import { maskMark } from '../trace/masked.ts';
import { eachText } from './mask.ts';
import type { Mask } from './mask.ts';

/** A mask that learns secrets while the robot runs: a password that was typed, which its errors may say again. */
export interface LearningMask extends Mask {
  /** From now on the text is hidden wherever it stands. */
  learn(secret: string): void;
}

/** A shorter one would hide ordinary words. */
const shortest = 4;
/** A robot knows some passwords. One that types a new one each time forgets the oldest. */
const mostSecrets = 100;

/** A mask of one's own over one that all may share; `onLearn`: what was judged before is to be judged again. */
export function learningMask(mask: Mask, onLearn: () => void = () => undefined): LearningMask {
  const secrets = new Set<string>();
  const hidden = (text: string) => {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, maskMark);
    return masked;
  };
  return {
    value: (name, value) =>
      mask.value(name, secrets.size === 0 ? value : eachText(value, hidden)),
    text: (text) => mask.text(secrets.size === 0 ? text : hidden(text)),
    learn(secret) {
      onLearn();
      // In a text within a text it is escaped.
      for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
        if (form.length < shortest) return;
        secrets.delete(form);
        secrets.add(form);
      }
      for (const oldest of secrets) {
        if (secrets.size <= mostSecrets) break;
        secrets.delete(oldest);
      }
    },
  };
}
