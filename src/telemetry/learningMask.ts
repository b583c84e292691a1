import { ownHiding, ruledMask } from './mask.ts';
import type { Mask, MaskOptions } from './mask.ts';
import { formsOf, withOwn, withoutForms } from './ownSecrets.ts';
import type { HideOwn } from './ownSecrets.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** A mask that learns secrets while the robot runs: a password that was typed, which its errors may say again. */
export interface LearningMask extends Mask {
  /** What was learned and what the robot has named, hidden in a text to which the rules were applied already. */
  readonly hide: HideOwn;
  /** Whether a number is shown or hidden by the name of its field alone. */
  readonly showsNumbers: () => boolean;
  /** From now on the text is hidden wherever it stands. */
  learn(secret: string): void;
}

/** Forms of passwords. A robot knows some; one that types a new one each time forgets the oldest. */
const mostSecrets = 200;

/** The mask of one tracer, over rules that all may share; `onLearn`: what was judged before is to be judged again. */
export function learningMask(
  options?: MaskOptions,
  onLearn: () => void = () => undefined,
  log?: TelemetryLog,
): LearningMask {
  const rules = ruledMask(options);
  const named = ownHiding(options, log);
  const secrets = new Map<string, string>();
  const hide: HideOwn = (text, isNumber) => {
    const hidden = withoutForms(text, secrets, isNumber);
    return named === undefined ? hidden : named(hidden, isNumber);
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
