import { secretWords } from './commandWords.ts';
import { noParts, type Reading, type SecretParts } from './reading.ts';

/** Under these a tool stands, and what it is given. */
const toolFields =
  /^(?:cmd|command|program|exec(?:utable)?|exe|tool|binary|file_?name|entry_?point|命令|程序)$/i;
const givenFields =
  /^(?:args?|arguments?|argv|argument_?list|param(?:eter)?s|options|cmd|command|参数)$/i;

/** `["sqlcmd", "-P", …]`, `["sqlcmd", ["-P", …]]` */
export function commandInList<T>(list: readonly T[], reading: Reading<T>): SecretParts | undefined {
  const [tool, given] = list;
  const inner = given === undefined ? undefined : reading.items(given);
  if (tool !== undefined && inner !== undefined) return commandOf(tool, '1', inner, reading);
  const words = textsOf(list, reading);
  const secret = words === undefined ? [] : secretWords(words);
  return secret.length === 0 ? undefined : { parts: new Set(secret.map(String)) };
}

/** `{"command": "sqlcmd", "args": ["-P", …]}` */
export function commandInObject<T>(
  entries: readonly (readonly [string, T])[],
  reading: Reading<T>,
): SecretParts | undefined {
  const tool = entries.find(([key]) => toolFields.test(key));
  if (tool === undefined) return undefined;
  const given = entries.find((entry) => entry !== tool && givenFields.test(entry[0]));
  if (given === undefined) return undefined;
  const [under, value] = given;
  const inner = reading.items(value);
  if (inner !== undefined) return commandOf(tool[1], under, inner, reading);
  const words = [reading.text(tool[1]), reading.text(value)];
  const isBoth = words.every((word) => word !== undefined);
  return isBoth && secretWords(words).length > 0 ? { parts: new Set([under]) } : undefined;
}

/** A tool, which may have words of its own, and the list of what it is given. */
function commandOf<T>(
  tool: T,
  under: string,
  given: readonly T[],
  reading: Reading<T>,
): SecretParts | undefined {
  const text = reading.text(tool);
  const own = text === undefined ? textsOf(reading.items(tool) ?? [], reading) : [text];
  const words = textsOf(given, reading);
  if (own === undefined || words === undefined) return undefined;
  const inGiven = secretWords([...own, ...words]).flatMap((index) =>
    index < own.length ? [] : [String(index - own.length)],
  );
  return inGiven.length === 0
    ? undefined
    : { parts: noParts, within: { under, parts: new Set(inGiven) } };
}

function textsOf<T>(list: readonly T[], reading: Reading<T>): readonly string[] | undefined {
  const texts = list.flatMap((item) => reading.text(item) ?? []);
  return texts.length === list.length ? texts : undefined;
}
