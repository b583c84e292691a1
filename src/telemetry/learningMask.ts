import { maskMark } from '../trace/masked.ts';
import { eachText } from './mask.ts';
import type { Mask } from './mask.ts';
import type { WireValue } from './wireValue.ts';

/** A mask that learns secrets while the robot runs: a password that was typed, which its errors may say again. */
export interface LearningMask extends Mask {
  /** From now on the text is hidden wherever it stands. */
  learn(secret: string): void;
}

/** A shorter one would hide ordinary words. */
const shortest = 4;
/** A robot knows some passwords. One that types a new one each time forgets the oldest. */
const mostSecrets = 100;

/** A robot has some hundreds of fields that say the same again and again. */
const mostFields = 2_000;
const longestField = 128;

/** Short values under names in which nothing was to be hidden: to look one up costs a tenth of judging it. */
class HarmlessFields {
  private readonly byName = new Map<string, Set<WireValue>>();
  private count = 0;

  has(name: string, value: WireValue): boolean {
    return this.byName.get(name)?.has(value) === true;
  }

  add(name: string, value: WireValue): void {
    const isShort =
      typeof value === 'string' ? value.length <= longestField : typeof value !== 'object';
    if (!isShort) return;
    if (++this.count > mostFields) this.clear();
    const known = this.byName.get(name);
    if (known === undefined) this.byName.set(name, new Set([value]));
    else known.add(value);
  }

  clear(): void {
    this.byName.clear();
    this.count = 0;
  }
}

/** A mask of one's own over one that all may share. */
export function learningMask(mask: Mask): LearningMask {
  const secrets = new Set<string>();
  const hidden = (text: string) => {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, maskMark);
    return masked;
  };
  const judged = new HarmlessFields();
  return {
    value(name, value) {
      if (judged.has(name, value)) return value;
      const masked = mask.value(name, secrets.size === 0 ? value : eachText(value, hidden));
      if (masked === value) judged.add(name, value);
      return masked;
    },
    text: (text) => mask.text(secrets.size === 0 ? text : hidden(text)),
    learn(secret) {
      judged.clear();
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
