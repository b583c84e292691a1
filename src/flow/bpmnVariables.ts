import { pathOf } from './expressionPorts.ts';
import type { OffsetRange } from './flowDocument.ts';
import { scalarAt, type SourceMap, type SourceTree, textAt } from './sourceTree.ts';
import type { VariablePorts } from './variablePorts.ts';
import { childrenOf, tagOf } from './xmlElements.ts';
import { textKey } from './xmlTree.ts';

/** Attributes that name a variable that a task sets. */
const results = ['resultVariable', 'decisionResultVariable', 'outputVariable'] as const;
/** `${invoice.total}` and `#{total}` of Camunda, and `= total` of FEEL. */
const braces = /[$#]\{([^{}]{1,2000})\}/g;
const literal = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const named =
  /(?<![.\p{L}\p{N}_])([\p{L}_][\p{L}\p{N}_]*)((?:\.[\p{L}_][\p{L}\p{N}_]*(?!\s*\()|\[\d{1,9}\]){0,20})/gu;
/** Words of the two languages, and what the engine itself gives. */
const words =
  /^(?:and|or|not|if|then|else|true|false|null|empty|eq|ne|gt|lt|for|in|return|some|every|satisfies|execution|task)$/;
/** Of one expression. */
const mostNames = 50;
const mostText = 10_000;

/** Reads what a step of a process is given by variables, and which it sets; the steps in it are read for themselves. */
export function readBpmnVariables(step: SourceMap, node: string, variables: VariablePorts): void {
  const uses = new Uses(node, variables);
  for (const child of childrenOf(step)) {
    const tag = tagOf(child);
    if (tag === 'extensionElements') {
      for (const extension of childrenOf(child)) readExtension(extension, uses);
    } else if (tag === 'multiInstanceLoopCharacteristics') {
      uses.readName(child, 'collection', 'collection');
      uses.readText(child, 'collection', 'collection');
      uses.set(textAt(child, 'elementVariable'), []);
    } else if (tag === 'dataInputAssociation') {
      uses.readName(child, 'sourceRef', '');
    } else if (tag === 'dataOutputAssociation') {
      uses.set(textAt(child, 'targetRef'), []);
    }
  }
  for (const name of results) uses.set(textAt(step, name), [name]);
}

function readExtension(extension: SourceMap, uses: Uses): void {
  for (const part of [extension, ...childrenOf(extension)]) {
    const name = textAt(part, 'name') || textAt(part, 'target');
    switch (tagOf(part)) {
      case 'inputParameter':
        uses.readText(part, textKey, name);
        break;
      case 'input':
        uses.readText(part, 'source', name);
        break;
      case 'in':
        uses.readName(part, 'source', name);
        break;
      case 'outputParameter':
        uses.setMade(part, textKey, name);
        break;
      case 'output':
        uses.setMade(part, 'source', name);
        break;
      case 'out':
        uses.set(name, [textAt(part, 'source')]);
        break;
      case 'formField':
      case 'formProperty':
        uses.set(textAt(part, 'id'), []);
        break;
      default:
    }
  }
}

/** The uses of one step. */
class Uses {
  private readonly node: string;
  private readonly variables: VariablePorts;

  constructor(node: string, variables: VariablePorts) {
    this.node = node;
    this.variables = variables;
  }

  set(variable: string, outputs: readonly string[]): void {
    if (variable === '') return;
    const names = [variable, ...outputs].filter((name) => name !== '');
    this.variables.set({ node: this.node, variable, names: [...new Set(names)] });
  }

  /** What an output is made of stands in what the step gave. */
  setMade(part: SourceTree, key: string, variable: string): void {
    const of = scalarAt(part, key);
    const from = typeof of?.value === 'string' ? namesIn(of.value) : [];
    this.set(
      variable,
      from.slice(0, 1).map(({ name }) => name),
    );
  }

  readName(part: SourceTree, key: string, input: string): void {
    const found = scalarAt(part, key);
    if (typeof found?.value === 'string') this.read(found.value, '', input, found.range);
  }

  readText(part: SourceTree, key: string, input: string): void {
    const text = scalarAt(part, key);
    if (typeof text?.value !== 'string') return;
    for (const { name, path } of namesIn(text.value)) this.read(name, path, input, text.range);
  }

  private read(variable: string, path: string, input: string, range: OffsetRange): void {
    const names = [...new Set([input, variable])].filter((name) => name !== '');
    this.variables.read({ node: this.node, variable, names, path, range });
  }
}

/** The variables of an expression; a text that is none has none. */
function namesIn(written: string): readonly { readonly name: string; readonly path: string }[] {
  const text = written.slice(0, mostText).trim();
  const parts = text.startsWith('=')
    ? [text.slice(1)]
    : [...text.matchAll(braces)].map(([, part = '']) => part);
  return parts
    .flatMap((part) => [...part.replace(literal, '""').matchAll(named)])
    .flatMap(([, name = '', path = '']) => (words.test(name) ? [] : [{ name, path: pathOf(path) }]))
    .slice(0, mostNames);
}
