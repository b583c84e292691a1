import { HiddenNames } from './hiddenNames.ts';
import { shownName } from './mask.ts';
import type { Mask } from './mask.ts';
import { maskFrom } from './maskFrom.ts';
import { isLargeField } from './largeFieldStore.ts';
import { dumps, isPlain, quoteJson, repr, str } from './pythonText.ts';
import type { TextWriter } from './storedTexts.ts';
import { costOfText } from './textRoom.ts';
import type { TextRoom } from './textRoom.ts';
import { Usage } from './usage.ts';
import type { WireForm } from './wireForm.ts';
import { textOf as wireTextOf, toWireValue } from './wireValue.ts';
import { isList, membersOf } from './wire.ts';
import type { WireValue } from './wire.ts';
import type { WrittenField, WrittenFields } from './writtenFields.ts';

/** What a node got, gave, was set up with and used. Values are encoded when they come, so they are copies. */
export class Data {
  /** Tokens that a model has taken and given. */
  readonly usage = new Usage();
  private readonly form: WireForm;
  private readonly mask: Mask | undefined;
  private readonly fields: WrittenFields | undefined;
  private readonly input: Values;
  private readonly output: Values;
  private config: Map<string, WireValue> | undefined;
  private readonly configNames = new HiddenNames();
  private readonly room: TextRoom | undefined;
  /** What it takes of the room in one entry; an attempt has an entry of its own with the same. */
  private taken = 0;
  private entries = 1;
  /** What those took that may be replaced, by their place. */
  private places: Map<string, number> | undefined;

  /** `fields` are the values that are known already: those of one form. `room` is that of all nodes together. */
  constructor(form: WireForm, mask?: Mask | false, fields?: WrittenFields, room?: TextRoom) {
    this.form = form;
    this.fields = fields;
    this.room = room;
    // A tracer's own does not throw.
    this.mask = fields === undefined || mask === false ? maskFrom(mask) : mask;
    this.input = new Values(form, this, 'input');
    this.output = new Values(form, this, 'output');
  }

  /** Whether there is room for a text of so many signs, which it takes; of one place the last text counts. */
  takes(signs: number, place?: string): boolean {
    if (this.room === undefined) return true;
    const cost = signs + costOfText;
    const more = cost - (place === undefined ? 0 : (this.places?.get(place) ?? 0));
    if (!this.room.take(more * this.entries)) return false;
    this.taken += more;
    if (place !== undefined) (this.places ??= new Map()).set(place, cost);
    return true;
  }

  /** Whether there is room for the same texts in one more entry, which takes it. */
  repeats(): boolean {
    if (this.room?.take(this.taken) === false) return false;
    this.entries++;
    return true;
  }

  /** Gives back the room of an entry that is left out. */
  release(): void {
    this.room?.take(-this.taken);
    this.entries--;
  }

  /** What is meant to be a text, as one, of which it is told that it was cut. */
  textOf(value: unknown): string {
    return wireTextOf(value, this.room);
  }

  /** Adds something that the node got. */
  appendInput(name: string, value: unknown): void {
    this.append(this.input, name, value);
  }

  /** Adds something that the node gave. */
  appendOutput(name: string, value: unknown): void {
    this.append(this.output, name, value);
  }

  /** An output that is written as it is: the bytes of an attachment hold no names to look for. */
  appendAttachment(name: string, text: string): void {
    const shown = this.output.nameOf(name, this.shown(name));
    if (shown !== undefined) this.output.appendAttachment(shown, text);
  }

  /** Adds settings of the node; of one name the last counts. */
  appendConfig(config: unknown): void {
    const copy = toWireValue(config, undefined, '', this.room);
    const names = [...settingsIn(copy)].map(([name]) => name);
    let at = 0;
    for (const [shown, value] of settingsIn(this.mask?.value('', copy) ?? copy)) {
      const name = this.configNames.of(names[at++] ?? shown, shown, this.config, this);
      const written = this.form === 'g3' ? flatText(value) : value;
      if (name === undefined || !this.takes(name.length + signsOf(written), `config ${name}`))
        continue;
      this.setConfig(name, written);
    }
  }

  /** The same of what the library says itself: there is nothing in it to hide. */
  setPlace(place: Readonly<Record<string, string | number>>): void {
    for (const [name, value] of Object.entries(place))
      this.setConfig(name, this.form === 'g3' ? String(value) : value);
  }

  /** The object as JSON; `text` writes those texts that may lie in a store instead. */
  toJson(text: TextWriter): string {
    const values =
      this.form === 'g3'
        ? `{"input": {}, "output": {}, "input_vars": [${this.input.list(text)}], "output_vars": [${this.output.list(text)}]`
        : `{"input": ${this.input.object(text)}, "output": ${this.output.object(text)}`;
    return values + this.rest(text);
  }

  private rest(text: TextWriter): string {
    const numbers = this.form === 'g3' ? 'texts' : 'numbers';
    if (this.config === undefined && this.usage.isEmpty) return nothingElse[numbers];
    const config = this.config === undefined ? '{}' : dumps(this.config, text);
    return restOf(config, this.usage.toJson(numbers));
  }

  private append(values: Values, name: string, value: unknown): void {
    const field = this.fields?.of(name) ?? this.fields?.add(name, this.shown(name));
    const seen = field?.shown ?? this.shown(name);
    const shown = values.nameOf(name, seen);
    if (shown === undefined) return;
    // What was written of an equal value may have its name in it.
    if (field === undefined || shown !== seen)
      values.append(shown, toWireValue(value, this.mask, name, this.room));
    else if (typeof value === 'number' && this.showsNumbers(field, name))
      values.append(shown, value);
    else this.appendKnown(values, name, value, field);
  }

  private appendKnown(values: Values, name: string, value: unknown, field: WrittenField): void {
    const known = field.of(value);
    if (known !== undefined) {
      values.appendWritten(field.shown, known);
      return;
    }
    const copy = toWireValue(value, this.mask, name, this.room);
    const written = values.append(field.shown, copy);
    if (written !== undefined && copy === value) field.add(value, written);
  }

  private showsNumbers(field: WrittenField, name: string): boolean {
    return (field.showsNumbers ??=
      this.fields?.showsNumbers() === true && toWireValue(0, this.mask, name) === 0);
  }

  private shown(name: string): string {
    return shownName(name, this.mask);
  }

  private setConfig(name: string, value: WireValue): void {
    this.config ??= new Map();
    this.config.set(name, value);
  }
}

function restOf(config: string, usage: string): string {
  return `, "config": ${config}, "usage": ${usage}}`;
}

/** What is no object stands under the name of the whole, as the panel reads it. */
function settingsIn(value: WireValue): Iterable<readonly [string, WireValue]> {
  if (value === null) return [];
  return typeof value === 'object' && !isList(value) ? membersOf(value) : [['config', value]];
}

function signsOf(value: WireValue): number {
  return typeof value === 'string' ? value.length : dumps(value).length;
}

/** Neither settings nor tokens: so are most nodes. */
const nothingElse = {
  texts: restOf('{}', new Usage().toJson('texts')),
  numbers: restOf('{}', new Usage().toJson('numbers')),
};

/** Values by name in the order they came, those for which there is room. */
class Values {
  private readonly form: WireForm;
  private readonly data: Data;
  private readonly side: string;
  private last: Map<string, WireValue> | undefined;
  /** Of `g3`: the elements of the list as JSON, one text of all that follow each other. */
  private elements = '';
  /** Of `g3`: those before, where one is a value that may lie in a store and stands apart. */
  private before: (string | readonly [name: string, value: string])[] | undefined;
  private readonly names = new HiddenNames();

  constructor(form: WireForm, data: Data, side: 'input' | 'output') {
    this.form = form;
    this.data = data;
    this.side = side;
  }

  /** What stands for a name of which `shown` is seen; undefined where there is no room for it. */
  nameOf(name: string, shown: string): string | undefined {
    return this.names.of(name, shown, this, this.data);
  }

  /** The names that are seen. Those of `g3` are read back for the first one that is hidden: to remember them would cost each node. */
  keys(): Iterable<string> {
    if (this.form !== 'g3') return this.last?.keys() ?? [];
    return [...(this.before ?? []), this.elements].flatMap((element) =>
      typeof element === 'string' ? namesIn(element) : [element[0]],
    );
  }

  /** Answers what was made of it, where that is of use for the next such value. */
  append(name: string, value: WireValue): string | undefined {
    switch (this.form) {
      case 'common':
        // Of the classes alone, which have all the room that they want.
        this.setLast(name, value);
        return undefined;
      case 'g1': {
        const text = textOf(value);
        this.appendWritten(name, text);
        return text;
      }
      case 'g3': {
        const text = str(value);
        if (isLargeField(text)) {
          if (this.data.takes(text.length)) this.appendLarge(name, text);
          return undefined;
        }
        const written = varOf(name, text);
        this.appendWritten(name, written);
        return written;
      }
    }
  }

  /** Appends what was made of an equal value. */
  appendWritten(name: string, written: string): void {
    if (this.form !== 'g3') {
      const signs = name.length + written.length;
      if (this.data.takes(signs, `${this.side} ${name}`)) this.setLast(name, written);
    } else if (this.data.takes(written.length)) this.appendElement(written);
  }

  /** What is attached has a room of its own. */
  appendAttachment(name: string, text: string): void {
    if (this.form !== 'g3') this.setLast(name, text);
    else if (isLargeField(text)) this.appendLarge(name, text);
    else this.appendElement(varOf(name, text));
  }

  private appendElement(written: string): void {
    this.elements = this.elements === '' ? written : `${this.elements}, ${written}`;
  }

  private appendLarge(name: string, text: string): void {
    this.before ??= [];
    if (this.elements !== '') this.before.push(this.elements);
    this.before.push([name, text]);
    this.elements = '';
  }

  /** Each element is a text in JSON of its own: what stands for a large value goes in before it is encoded again. */
  list(text: TextWriter): string {
    if (this.before === undefined) return this.elements;
    const elements = this.before.map((element) =>
      typeof element === 'string'
        ? element
        : varOf(element[0], JSON.parse(text(element[1])) as string),
    );
    if (this.elements !== '') elements.push(this.elements);
    return elements.join(', ');
  }

  private setLast(name: string, value: WireValue): void {
    this.last ??= new Map();
    this.last.set(name, value);
  }

  object(text: TextWriter): string {
    return this.last === undefined ? '{}' : dumps(this.last, text);
  }
}

/** Of `g3`: an object as a text in a list, so encoded twice. */
function varOf(name: string, value: string): string {
  if (isPlain(name) && isPlain(value))
    return `"{\\"name\\": \\"${name}\\", \\"value\\": \\"${value}\\"}"`;
  return quoteJson(`{"name": ${quoteJson(name)}, "value": ${quoteJson(value)}}`);
}

/** The names of such elements, which follow each other. */
function namesIn(elements: string): string[] {
  const texts = JSON.parse(`[${elements}]`) as string[];
  return texts.map((text) => (JSON.parse(text) as { readonly name: string }).name);
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
  if (isList(value)) return value.map(printedLeaves);
  const printed = new Map<string, WireValue>();
  for (const [name, item] of membersOf(value)) printed.set(name, printedLeaves(item));
  return printed;
}
