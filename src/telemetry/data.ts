import { maskFrom } from './mask.ts';
import type { Mask } from './mask.ts';
import { isLargeField } from './largeFieldStore.ts';
import { dumps, isPlain, quoteJson, repr, str } from './pythonText.ts';
import type { TextWriter } from './storedTexts.ts';
import { Usage } from './usage.ts';
import type { WireForm } from './wireForm.ts';
import { toWireMembers, toWireValue } from './wireValue.ts';
import type { WireValue } from './wireValue.ts';

/** What a node got, gave, was set up with and used. Values are encoded when they come, so they are copies. */
export class Data {
  readonly usage = new Usage();
  private readonly form: WireForm;
  private readonly mask: Mask | undefined;
  private readonly input: Values;
  private readonly output: Values;
  private readonly config = new Map<string, WireValue>();

  constructor(form: WireForm, mask?: Mask | false) {
    this.form = form;
    this.mask = maskFrom(mask);
    this.input = new Values(form);
    this.output = new Values(form);
  }

  appendInput(name: string, value: unknown): void {
    this.input.append(name, this.copy(name, value));
  }

  appendOutput(name: string, value: unknown): void {
    this.output.append(name, this.copy(name, value));
  }

  /** An output that is written as it is: the bytes of an attachment hold no names to look for. */
  appendAttachment(name: string, text: string): void {
    this.output.append(name, text);
  }

  appendConfig(config: unknown): void {
    for (const [name, value] of toWireMembers(config, this.mask)) {
      this.config.set(name, this.form === 'g3' ? flatText(value) : value);
    }
  }

  /** The object as JSON; `text` writes those texts that may lie in a store instead. */
  toJson(text: TextWriter): string {
    const usage = this.usage.toJson(this.form === 'g3' ? 'texts' : 'numbers');
    const values =
      this.form === 'g3'
        ? `"input": {}, "output": {}, "input_vars": ${this.input.list(text)}, "output_vars": ${this.output.list(text)}`
        : `"input": ${this.input.object(text)}, "output": ${this.output.object(text)}`;
    const config = this.config.size === 0 ? '{}' : dumps(this.config, text);
    return `{${values}, "config": ${config}, "usage": ${usage}}`;
  }

  private copy(name: string, value: unknown): WireValue {
    return toWireValue(value, this.mask, name);
  }
}

/** Values by name in the order they came. */
class Values {
  private readonly form: WireForm;
  private readonly last = new Map<string, WireValue>();
  /** Of `g3`: the elements of the list, as JSON or, where the value may lie in a store, still apart. */
  private readonly all: (string | readonly [string, string])[] = [];

  constructor(form: WireForm) {
    this.form = form;
  }

  append(name: string, value: WireValue): void {
    if (this.form === 'g3') {
      const written = str(value);
      this.all.push(isLargeField(written) ? [name, written] : varOf(name, written));
    } else this.last.set(name, this.form === 'g1' ? textOf(value) : value);
  }

  /** Each element is a text in JSON of its own: what stands for a large value goes in before it is encoded again. */
  list(text: TextWriter): string {
    const elements = this.all.map((element) =>
      typeof element === 'string'
        ? element
        : varOf(element[0], JSON.parse(text(element[1])) as string),
    );
    return `[${elements.join(', ')}]`;
  }

  object(text: TextWriter): string {
    return this.last.size === 0 ? '{}' : dumps(this.last, text);
  }
}

/** Of `g3`: an object as a text in a list, so encoded twice. */
function varOf(name: string, value: string): string {
  if (isPlain(name) && isPlain(value))
    return `"{\\"name\\": \\"${name}\\", \\"value\\": \\"${value}\\"}"`;
  return quoteJson(`{"name": ${quoteJson(name)}, "value": ${quoteJson(value)}}`);
}

/** Of `g1`: structures as JSON, all else as Python prints it. */
function textOf(value: WireValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? dumps(value) : repr(value);
}

/** Of `g3`: leaves as Python prints them, and a structure of such leaves as JSON. */
function flatText(value: WireValue): string {
  return typeof value === 'object' && value !== null ? dumps(printedLeaves(value)) : str(value);
}

function printedLeaves(value: WireValue): WireValue {
  if (typeof value !== 'object' || value === null) return str(value);
  if (Array.isArray(value)) return value.map((item: WireValue) => printedLeaves(item));
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return new Map(
    members.map(([name, item]: [string, WireValue]) => [name, printedLeaves(item)] as const),
  );
}
