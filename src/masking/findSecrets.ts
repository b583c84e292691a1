import { inOneGo, type Steps } from '../base/steps.ts';
import { findCallArguments } from './callArguments.ts';
import { findColumns } from './columns.ts';
import { foldText } from './foldedText.ts';
import { findInHtmlTables } from './htmlTables.ts';
import { findNamedSecrets, hintsIn, hintsInSteps } from './namedSecrets.ts';
import type { Hint, NameJudge } from './secretNames.ts';
import type { SecretSpan } from './secretSpan.ts';
import { findInserted } from './sqlInsert.ts';
import { findInStructures } from './structures.ts';
import { findLoginsInAddresses } from './userInfo.ts';
import type { Work } from './work.ts';

/**
 * Where the secrets of a text stand that a place tells: behind a name, below it in a table, where a call takes them, before a host.
 * Looked for in the text as it is and in its normal form, for each may end a value sooner; in order, none over another.
 */
export function findSecrets(text: string, names: NameJudge, work: Work): SecretSpan[] {
  return inOneGo(findSecretsInSteps(text, names, work));
}

/** The same in steps, for a text of megabytes. */
export function* findSecretsInSteps(
  text: string,
  names: NameJudge,
  work: Work,
): Steps<SecretSpan[]> {
  const isLong = text.length > longText;
  const named = isLong ? yield* hintsInSteps(text, names) : hintsIn(text, names);
  const spans = yield* inOneForm(text, names, work, named);
  const folded = foldText(text);
  if (folded.isFolded) {
    // What is written in the same way in both was found before.
    const hints = (yield* hintsInSteps(folded.text, names)).filter(({ start, end }) =>
      folded.isFoldedNear(start, end),
    );
    for (const { start, end, ...how } of yield* inOneForm(folded.text, names, work, hints)) {
      spans.push({ ...folded.original(start, end), ...how });
    }
  }
  return spans.length < 2 ? spans : merged(spans);
}

/** To look once through a longer one takes more than a moment. */
const longText = 256 * 1024;

function* inOneForm(
  text: string,
  names: NameJudge,
  work: Work,
  hints: readonly Hint[],
): Steps<SecretSpan[]> {
  const isLong = text.length > longText;
  const calls = findCallArguments(text);
  if (isLong) yield;
  for (const span of findLoginsInAddresses(text)) calls.push(span);
  if (isLong) yield;
  const mayName = hints.length > 0;
  if (mayName || structureSigns.test(text) || names.furtherParts?.signs.test(text) === true)
    for (const span of yield* findInStructures(text, names, work)) calls.push(span);
  if (isLong) yield;
  if (!mayName) return calls;
  return [
    ...(yield* findNamedSecrets(text, names, work, hints)),
    ...(yield* findColumns(text, names, work, hints)),
    ...findInHtmlTables(text, names, work),
    ...findInserted(text, names),
    ...calls,
  ];
}

/** What tells a cookie, a browser's storage, a store of secrets or a login, whose values have any name. */
const structureSigns =
  /["']kty\\*["']|httpOnly|sameSite|["']domain["'\\]|(?:local|session)_?storage|secure_?string|密文|加密文本|["'](?:safe|p)\\*["']\s?:|,\s?\\*["']?(?:2052|1033|3076)\\*["']?\s?\]/i;

/** What two notations find in one place is one secret: all of both. */
function merged(spans: readonly SecretSpan[]): SecretSpan[] {
  const inOrder = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: SecretSpan[] = [];
  for (const span of inOrder) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else {
      const hidesEnd = last.hidesEnd ?? span.hidesEnd;
      const end = Math.max(last.end, span.end);
      result[result.length - 1] = { ...last, end, ...(hidesEnd && { hidesEnd }) };
    }
  }
  return result;
}
