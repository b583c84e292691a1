import { type PortType, portTypes } from '../trace/portType.ts';
import { at, itemsOf, type SourceTree, textAt } from './sourceTree.ts';

/** What formats call the types that values have; dates and files are texts of a form that nobody promises. */
const otherNames: Readonly<Record<string, PortType['type']>> = {
  ...{ text: 'string', str: 'string', char: 'string', enum: 'string', textarea: 'string' },
  ...{ int: 'integer', int16: 'integer', int32: 'integer', int64: 'integer', long: 'integer' },
  ...{ float: 'number', double: 'number', decimal: 'number', single: 'number' },
  ...{ bool: 'boolean', checkbox: null, list: 'array', tuple: 'array' },
  ...{ dict: 'object', dictionary: 'object' },
};

/** An input by the name of its type, in whatever letters; of none that is known it has none. */
export function declaredInput(name: string, type: string, isRequired = false): PortType[] {
  const word = type.toLowerCase();
  const other = Object.hasOwn(otherNames, word) ? otherNames[word] : undefined;
  const known = portTypes.find((one) => one === word) ?? other ?? null;
  return name === '' ? [] : [{ name, type: known, ...(isRequired ? {} : { isOptional: true }) }];
}

/** A type hint of Python, `list[str]`; of `int | None` none is promised. */
export function hintedInput(name: string, hint: string): PortType[] {
  return declaredInput(name, hint.replace(/\[.*\]$/s, '').trim());
}

/** The properties of a JSON schema. Of one that may be of several types none is promised. */
export function inputsOfSchema(schema: SourceTree | undefined): PortType[] {
  const properties = at(schema, 'properties');
  if (properties?.kind !== 'map') return [];
  const required = new Set(
    itemsOf(at(schema, 'required')).map((one) => (one.kind === 'scalar' ? one.value : undefined)),
  );
  return properties.entries.flatMap(({ key, value }) =>
    declaredInput(key, textAt(value, 'type'), required.has(key)),
  );
}
