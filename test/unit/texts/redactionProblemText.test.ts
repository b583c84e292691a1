import { expect, test } from 'vitest';

import { redactionProblemText } from '../../../src/texts/redactionProblemText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

type Fault = Parameters<typeof redactionProblemText>[0]['fault'];

test.each<[Fault, string]>([
  [{ kind: 'invalid', detail: 'missing )' }, 'isn’t a valid regular expression (missing )).'],
  [{ kind: 'unknownFlag', detail: 'y' }, 'no flag “y”'],
  [{ kind: 'matchesEmpty' }, 'make it match at least one character.'],
  [{ kind: 'tooLong' }, 'split it into several.'],
  [{ kind: 'tooSlow' }, 'write it without'],
  [{ kind: 'givenUp' }, 'all text is hidden until you change it.'],
])('a pattern that is %j is told with its place and what to do', (fault, sentence) => {
  const problem = { level: 'user', index: 1, fault } as const;
  expect(redactionProblemText(problem, plainEnglish)).toMatch(
    /^Pattern 2 of the setting rpaTrace\.redaction\.patterns /,
  );
  expect(redactionProblemText(problem, plainEnglish)).toContain(sentence);
  expect(redactionProblemText({ ...problem, level: 'workspace' }, plainEnglish)).toContain(
    'rpaTrace.redaction.patterns (workspace)',
  );
});
