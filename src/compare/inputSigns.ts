import type { NamedValue, NodeId, RunKey } from '../trace/execution.ts';
import type { PortType } from '../trace/portType.ts';
import { type DataSign, noSign } from './dataSign.ts';
import { byName, keyOf, type Known } from './knownData.ts';
import { isOfType, typeOfPort, type ValueType, valueTypeOf } from './valueType.ts';

/** What a step was given, and what the flow file declares of that. */
export interface Given {
  readonly run: RunKey;
  readonly nodeId: NodeId;
  readonly values: readonly NamedValue[];
  readonly declared: readonly PortType[];
}

/** What is missing, empty or of another type in what a step was given, by good runs or else by its flow file. */
export function* inputSigns(
  { run, nodeId, values, declared }: Given,
  good: readonly Map<string, Known>[],
): Generator<DataSign, void> {
  const given = byName(values);
  const names = new Set([...declared.map(({ name }) => name), ...given.keys()]);
  const sameNode = good.map((one) => namesOf(one, nodeId)).filter(({ length }) => length > 0);
  for (const name of sameNode.flat()) names.add(name);
  const base = { ...noSign, section: 'input', run } as const;
  for (const name of names) {
    const known = good.flatMap((one) => one.get(keyOf(nodeId, 'input', name)) ?? []);
    const port = declared.find((one) => one.name === name);
    // A good run that ran without it needed none.
    const isRequired = port !== undefined && port.isOptional !== true;
    const isWanted = sameNode.length === 0 ? isRequired : known.length === sameNode.length;
    const isDeclared = sameNode.length === 0;
    const sign = inputSign(given.get(name) ?? [], port, known, { isWanted, isDeclared });
    if (sign === null) continue;
    yield { ...base, ...sign, name, goodRuns: known.length };
  }
}

/** What the step was given in a good run; nothing where it did not run. */
function namesOf(good: ReadonlyMap<string, Known>, nodeId: NodeId): readonly string[] {
  return [...good.values()].flatMap((known) =>
    known.nodeId === nodeId && known.section === 'input' ? known.name : [],
  );
}

type InputSign = Pick<DataSign, 'kind' | 'index' | 'type' | 'expected' | 'isDeclared'>;

function inputSign(
  given: readonly { readonly value: NamedValue; readonly index: number }[],
  port: PortType | undefined,
  good: readonly Known[],
  { isWanted, isDeclared }: { readonly isWanted: boolean; readonly isDeclared: boolean },
): InputSign | null {
  const [first] = given;
  if (given.every(({ value }) => valueTypeOf(value) === 'nothing')) {
    if (!isWanted || good.some(({ types }) => types.has('nothing'))) return null;
    const kind = first === undefined ? 'missing' : 'empty';
    return { kind, index: first?.index ?? null, type: null, expected: null, isDeclared };
  }
  for (const { value, index } of given) {
    const type = valueTypeOf(value);
    if (type === null || type === 'nothing') continue;
    const expected = expectedType(value, type, port, good);
    if (expected === null) continue;
    return { kind: 'otherType', index, type, ...expected };
  }
  return null;
}

/** The type that it should have; null where it has it, or nothing tells. A good run that had it like this is right. */
function expectedType(
  value: NamedValue,
  type: ValueType,
  port: PortType | undefined,
  good: readonly Known[],
): Pick<DataSign, 'expected' | 'isDeclared'> | null {
  if (good.some(({ types }) => types.has(type))) return null;
  if (port?.type != null) {
    if (isOfType(value, port.type)) return null;
    return { expected: typeOfPort(port.type), isDeclared: true };
  }
  const types = new Set(good.flatMap((one) => [...one.types]));
  const [expected = null] = types;
  if (types.size !== 1 || expected === null || expected === 'nothing') return null;
  // Services of another release write the same as a text; a list is no object in any of them.
  const isPlain = [type, expected].every((one) => one === 'list' || one === 'object');
  const isWrittenTheSame = good.every(({ forms }) => forms.size === 1 && forms.has(value.form));
  return isPlain || isWrittenTheSame ? { expected, isDeclared: false } : null;
}
