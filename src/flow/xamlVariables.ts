import { type SourceMap, type SourceScalar, textAt } from './sourceTree.ts';
import type { VariablePorts } from './variablePorts.ts';
import { childrenOf, tagOf } from './xmlElements.ts';
import { textKey } from './xmlTree.ts';

/** What says how an activity looks, is called and is built. */
const noSetting =
  /^(?:#tag|#children|x:Name|DisplayName|WorkflowViewState\.IdRef|TypeArguments|Key|Id|Selector|Class|Annotation\.\w+|VirtualizedContainerService\.HintSize)$/;
/** Attributes that take what an activity gives; all that an attribute tells is its name. */
const takers = /^(?:To|Result|ReturnValue|Output\w*|Response\w*|(?:Out|out_)\w*)$/;
/** Activities that give what stands in an attribute of others is given. */
const givers =
  /^(?:Get|Read|Find|Extract|Execute|Download|Filter|Lookup|Generate|Build|Create|Parse|Deserialize)/;
const given =
  /^(?:Value|Text|Content|String|DataTable|Data|Rows|Items|Element|Elements|JsonObject|Messages?)$/;
/** Elements by which an activity's own value is set, those that hold a value, and those that hold code. */
const taking = /^(?:Out|InOut)Argument|^(?:VisualBasic|CSharp)Reference/;
const argument = /^(?:In|Out|InOut)Argument/;
const code = /^(?:VisualBasic|CSharp)(?:Value|Reference)|^ExpressionText$/;
const identifier = /(?<![.\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*/gu;
const literal = /"(?:[^"]|"")*"/g;
/** An expression is a line, code some. */
const mostText = 10_000;
/** Of one expression. */
const mostNames = 50;

/** Reads what an activity of a workflow is given by variables, and which it sets; `owns` tells activities of their own within it. */
export function readXamlVariables(
  activity: SourceMap,
  node: string,
  owns: (element: SourceMap) => boolean,
  variables: VariablePorts,
): void {
  const expressions = [...expressionsIn(activity, owns)];
  for (const { setting, text, value, direction } of expressions) {
    if (direction === 'out') continue;
    for (const variable of namesIn(text)) {
      const names = [...new Set([setting, variable])];
      variables.read({ node, variable, names, path: '', range: value.range });
    }
  }
  for (const { setting, text, direction } of expressions) {
    const [variable] = direction === 'in' ? [] : namesIn(text);
    if (variable === undefined) continue;
    variables.set({ node, variable, names: [...new Set([variable, setting])] });
  }
}

interface Expression {
  readonly setting: string;
  readonly text: string;
  readonly value: SourceScalar;
  readonly direction: 'in' | 'out' | 'both';
}

interface Held {
  readonly element: SourceMap;
  /** The property or the argument that it is the value of. */
  readonly setting: string;
  readonly isOut: boolean;
}

function* expressionsIn(
  activity: SourceMap,
  owns: (element: SourceMap) => boolean,
): Generator<Expression, void> {
  const todo: Held[] = [{ element: activity, setting: '', isOut: false }];
  for (let held = todo.pop(); held !== undefined; held = todo.pop()) {
    const { element } = held;
    for (const { key, value } of element.entries) {
      if (value.kind !== 'scalar' || noSetting.test(key)) continue;
      const found = expressionIn(key, value, held);
      if (found !== undefined) yield found;
    }
    for (const child of childrenOf(element).toReversed()) {
      if (!owns(child)) todo.push(heldIn(child, held));
    }
  }
}

function heldIn(element: SourceMap, { setting, isOut }: Held): Held {
  const tag = tagOf(element);
  const [, property = ''] = /\.(\w+)$/.exec(tag) ?? [];
  const named = textAt(element, 'Key') || property || setting;
  return { element, setting: named, isOut: isOut || taking.test(tag) };
}

function expressionIn(
  key: string,
  value: SourceScalar,
  { element, setting, isOut }: Held,
): Expression | undefined {
  const kind = key === textKey ? tagOf(element) : key;
  const text = expressionOf(value, code.test(kind));
  if (text === undefined) return undefined;
  const isOwn = code.test(kind) || argument.test(kind);
  const isSet = isOut || taking.test(kind) || isTaker(tagOf(element), key);
  const direction = kind.startsWith('InOut') ? 'both' : isSet ? 'out' : 'in';
  return { setting: isOwn ? setting : key, text, value, direction };
}

function isTaker(tag: string, attribute: string): boolean {
  return takers.test(attribute) || (givers.test(tag) && given.test(attribute));
}

/** `[total]` of Visual Basic; what else stands in an attribute is a text. */
function expressionOf({ value }: SourceScalar, isCode: boolean): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.slice(0, mostText).trim();
  if (isCode) return text;
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : undefined;
}

function namesIn(text: string): readonly string[] {
  const names = text.replace(literal, '""').match(identifier) ?? [];
  return [...new Set(names)].slice(0, mostNames);
}
