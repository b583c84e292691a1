import { withoutColours, withoutColoursIn } from '../base/colours.ts';
import { DistinctNames } from '../base/distinctNames.ts';
import type { Json } from '../base/json.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import type { LeftOutParts, NamedValue, ValueForm } from '../trace/execution.ts';
import type { WantedPart } from '../trace/wantedPart.ts';
import { isStoredText } from '../trace/storedText.ts';
import { withTextsCut } from './cutTexts.ts';
import { parsePythonLiteral } from './pythonLiteral.ts';
import { LazyLists } from '../masking/lazyLists.ts';
import { MaskRoom } from '../masking/maskRoom.ts';
import type { Redactor } from '../masking/redact.ts';

/**
 * Makes a value of a record readable: JSON and Python in text are parsed, the rest stays; then all is masked. `names` are
 * those beside it: of several that are hidden one mark is left.
 */
export function readValue(
  name: string,
  raw: Json,
  round: number | null,
  redactor: Redactor,
  names = new DistinctNames(),
): NamedValue {
  const { value, form } = parseValue(raw);
  const shown = names.of(name, redactor.text(name));
  return { name: shown, ...maskedValue(name, value, redactor), form, round };
}

/** The same for fields of one place. */
export function readFields(
  fields: readonly (readonly [name: string, raw: Json])[],
  redactor: Redactor,
  names = new DistinctNames(),
): NamedValue[] {
  return fields.map(([name, raw]) => readValue(name, raw, null, redactor, names));
}

/** A value as it is shown, and what there was no room for. */
export function maskedValue(
  name: string,
  value: Json,
  redactor: Redactor,
): Pick<NamedValue, 'value' | 'leftOut'> {
  const { room } = redactor;
  if (room instanceof LazyLists) return { value: redactor.named(name, value) };
  const wanted = room?.begin();
  const masked = redactor.named(name, value);
  const shown = withoutColoursIn(masked);
  if (room === undefined) return { value: shown };
  const parts = room.leftOutOf(masked).map(withoutColoursInPath);
  const given = withTextsCut(shown, parts, wanted);
  return given.leftOut.length > 0 ? given : { value: given.value };
}

/** The values of another section follow: what is wanted is told by it. */
export function enterSection({ room }: Redactor, section: WantedPart['section']): void {
  if (room instanceof MaskRoom) room.enter(section);
}

function withoutColoursInPath({ path, ...parts }: LeftOutParts): LeftOutParts {
  return { path: path.map(withoutColours), ...parts };
}

function parseValue(raw: Json): { value: Json; form: ValueForm } {
  if (typeof raw !== 'string') return { value: raw, form: 'json' };
  if (isStoredText(raw)) return { value: raw, form: 'link' };
  if (/^\s*[[{]/.test(raw)) {
    const parsed = parseJsonExactly(raw);
    if (parsed.ok && isContainer(parsed.value)) return { value: parsed.value, form: 'jsonText' };
  }
  const literal = parsePythonLiteral(raw);
  if (literal !== undefined && isContainer(literal)) return { value: literal, form: 'python' };
  return { value: raw, form: 'text' };
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
