import { maskMark } from '../trace/masked.ts';
import { ownHiding, ruledMask } from './mask.ts';
import type { Mask, MaskOptions } from './mask.ts';
import { withOwn } from './ownSecrets.ts';
import type { HideOwn } from './ownSecrets.ts';

/** A mask that learns secrets while the robot runs: a password that was typed, which its errors may say again. */
export interface LearningMask extends Mask {
  /** What was learned and what the robot has named, hidden in a text to which the rules were applied already. */
  readonly hide: HideOwn;
  /** Whether a number is shown or hidden by the name of its field alone. */
  readonly showsNumbers: () => boolean;
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

/** The mask of one tracer, over rules that all may share; `onLearn`: what was judged before is to be judged again. */
export function learningMask(
  options?: MaskOptions,
  onLearn: () => void = () => undefined,
): LearningMask {
  const rules = ruledMask(options);
  const named = ownHiding(options);
  const secrets = new Map<string, string>();
  const hide = (text: string) => {
    let hidden = text;
    for (const [secret, shown] of secrets) hidden = hidden.replaceAll(secret, shown);
    return named === undefined ? hidden : named(hidden);
  };
  const own = withOwn(rules, hide);
  // Nothing to hide but by the rules: so are most robots.
  const mask = () => (secrets.size === 0 && named === undefined ? rules : own);
  return {
    hide,
    value: (name, value) => mask().value(name, value),
    text: (text) => mask().text(text),
    showsNumbers: () => mask() === rules,
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
