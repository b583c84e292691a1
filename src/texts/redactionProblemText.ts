import { assertNever } from '../base/assertNever.ts';
import type { EngineStatus } from '../protocol/status.ts';
import type { Translate } from './translate.ts';

/** The setting that holds the reader's own patterns of secrets. */
export const patternsSetting = 'rpaTrace.redaction.patterns';

type RedactionProblem = EngineStatus['redactionProblems'][number];

/** Which pattern of the settings is wrong, and what follows; the pattern itself may be a secret, so it isn't said. */
export function redactionProblemText(
  { level, index, fault }: RedactionProblem,
  t: Translate,
): string {
  const number = index + 1;
  const setting = level === 'user' ? patternsSetting : t('{0} (workspace)', patternsSetting);
  const isNotApplied = (reason: string) =>
    t('Pattern {0} of the setting {1} isn’t applied: {2}', number, setting, reason);
  switch (fault.kind) {
    case 'invalid':
      return isNotApplied(t('it isn’t a valid regular expression ({0}).', fault.detail));
    case 'unknownFlag':
      return isNotApplied(t('there is no flag “{0}” for it; use i, m, s or u.', fault.detail));
    case 'matchesEmpty':
      return isNotApplied(
        t('it matches empty text, which is everywhere; make it match at least one character.'),
      );
    case 'tooLong':
      return isNotApplied(t('it is longer than 1,000 characters; split it into several.'));
    case 'tooSlow':
      return isNotApplied(
        t('it takes too long on some texts; write it without (?=…), (?!…) and \\1.'),
      );
    case 'givenUp':
      return t(
        'Pattern {0} of the setting {1} took too long on some text. What it would have masked isn’t known, so all text is hidden until you change it.',
        number,
        setting,
      );
    default:
      return assertNever(fault);
  }
}
