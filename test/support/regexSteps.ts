import { assertNever } from '../../src/base/assertNever.ts';
import { regexProgram, type Instruction, type RegexProgram } from './regexProgram.ts';

/** What an engine does to find a match. */
export interface Search {
  readonly steps: number;
  /** Where the match ends, -1 without one. */
  readonly end: number;
}

/** An expression, and what searching texts for it took. */
interface Searched {
  readonly program: RegexProgram;
  /** By the text, then by where it began. */
  readonly searches: Map<string, Map<number, Search>>;
}

/** By source, then by flags: an expression is copied wherever all its matches are asked for. */
const all = new Map<string, Map<string, Searched>>();
/** Texts that are remembered for an expression: a record's are searched some ten times, one record after the other. */
const mostTexts = 50;

/**
 * Searches as an engine does that backtracks and knows no shortcut but what a match may begin with. The same text that
 * is searched again takes as many steps: they are not taken anew.
 */
export function searchSteps(pattern: RegExp, text: string, from: number): Search {
  const { program, searches } = searchedFor(pattern);
  let places = searches.get(text);
  if (places === undefined) {
    if (searches.size >= mostTexts) searches.clear();
    searches.set(text, (places = new Map<number, Search>()));
  }
  let search = places.get(from);
  if (search === undefined) places.set(from, (search = newSearch(program, pattern, text, from)));
  return search;
}

function searchedFor(pattern: RegExp): Searched {
  const { source, flags } = pattern;
  let ofSource = all.get(source);
  if (ofSource === undefined) all.set(source, (ofSource = new Map<string, Searched>()));
  let searched = ofSource.get(flags);
  if (searched === undefined) {
    searched = { program: regexProgram(pattern), searches: new Map() };
    ofSource.set(flags, searched);
  }
  return searched;
}

function newSearch(program: RegexProgram, pattern: RegExp, text: string, from: number): Search {
  const matcher = new Matcher(program, pattern, text);
  const last = pattern.sticky || program.anchored ? from : text.length;
  for (let start = from; start <= last; start++) {
    matcher.steps++;
    if (program.first !== undefined && (start >= text.length || !program.first(at(start)))) {
      continue;
    }
    const end = matcher.run(0, start);
    if (end >= 0) return { steps: matcher.steps, end };
  }
  return { steps: matcher.steps, end: -1 };

  function at(place: number): number {
    return (pattern.unicode ? text.codePointAt(place) : text.charCodeAt(place)) ?? -1;
  }
}

/** Where to go on when what was tried fails: at one place, or in a run at each place between two. */
interface Choice {
  readonly pc: number;
  place: number;
  /** For a run: the last place to try; the step tells the direction. */
  readonly until: number;
  readonly step: number;
  readonly trail: number;
}

class Matcher {
  steps = 0;
  private readonly code: readonly Instruction[];
  private readonly unicode: boolean;
  private readonly pattern: RegExp;
  private readonly text: string;
  private readonly registers: number[];
  private readonly trail: number[] = [];
  /** Where the instruction that was executed last got to. */
  private place = 0;

  constructor(program: RegexProgram, pattern: RegExp, text: string) {
    this.code = program.code;
    this.unicode = program.unicode;
    this.pattern = pattern;
    this.text = text;
    this.registers = new Array<number>(program.registers).fill(-1);
  }

  /** Where a match ends that begins here; -1 without one. */
  run(begin: number, start: number): number {
    const choices: Choice[] = [];
    let pc = begin;
    let place = start;
    for (;;) {
      this.steps++;
      const instruction = this.code[pc];
      if (instruction === undefined) throw new Error('Ran out of its program');
      if (instruction.op === 'done') return place;
      const next = this.execute(instruction, pc, place, choices);
      if (next >= 0) {
        pc = next;
        ({ place } = this);
        continue;
      }
      const choice = choices.at(-1);
      if (choice === undefined) return -1;
      this.undo(choice.trail);
      ({ pc, place } = choice);
      if (choice.place === choice.until) choices.pop();
      else choice.place += choice.step;
    }
  }

  private execute(
    instruction: Exclude<Instruction, { op: 'done' }>,
    pc: number,
    place: number,
    choices: Choice[],
  ): number {
    const { registers } = this;
    this.place = place;
    const trail = this.trail.length;
    switch (instruction.op) {
      case 'character': {
        const moved = this.move(place, instruction.back);
        if (moved < 0 || !instruction.test(this.between(place, moved))) return -1;
        this.place = moved;
        return pc + 1;
      }
      case 'run':
        return this.runOf(instruction, pc, place, choices);
      case 'fork':
        choices.push({ pc: instruction.second, place, until: place, step: 0, trail });
        return instruction.first;
      case 'jump':
        return instruction.to;
      case 'save':
        this.set(instruction.register, place);
        return pc + 1;
      case 'begin':
        this.set(instruction.register, 0);
        this.set(instruction.register + 1, -1);
        return pc + 1;
      case 'again': {
        const { register, min, max, greedy, exit } = instruction;
        const times = registers[register] ?? 0;
        if (times < min) return pc + 1;
        // A round that read nothing leads nowhere.
        if (times > min && registers[register + 1] === place) return -1;
        if (times >= max) return exit;
        choices.push({ pc: greedy ? exit : pc + 1, place, until: place, step: 0, trail });
        return greedy ? pc + 1 : exit;
      }
      case 'enter': {
        const { register, body } = instruction;
        this.set(register, (registers[register] ?? 0) + 1);
        this.set(register + 1, place);
        return body;
      }
      case 'look': {
        const end = this.run(instruction.sub, place);
        this.place = place;
        if (instruction.negated || end < 0) this.undo(trail);
        return end >= 0 === instruction.negated ? -1 : instruction.exit;
      }
      case 'assert':
        return this.holds(instruction.kind, place) ? pc + 1 : -1;
      case 'same': {
        const { register, back } = instruction;
        const [from = -1, to = -1] = registers.slice(register, register + 2);
        if (from < 0 || to < 0) return pc + 1;
        const length = to - from;
        const start = back ? place - length : place;
        this.steps += length;
        const isSame =
          start >= 0 &&
          this.equal(this.text.slice(from, to), this.text.slice(start, start + length));
        if (!isSame) return -1;
        this.place = back ? start : start + length;
        return pc + 1;
      }
      default:
        return assertNever(instruction);
    }
  }

  private runOf(
    { test, back, min, max, greedy }: Extract<Instruction, { op: 'run' }>,
    pc: number,
    begin: number,
    choices: Choice[],
  ): number {
    let place = begin;
    let least = min === 0 ? begin : -1;
    // A lazy run would stop sooner: what it does not need is not counted.
    const { steps } = this;
    for (let times = 0; times < max;) {
      const moved = this.move(place, back);
      this.steps++;
      if (moved < 0 || !test(this.between(place, moved))) break;
      place = moved;
      if (++times === min) least = place;
    }
    if (least < 0) return -1;
    const trail = this.trail.length;
    const step = place < least ? -1 : 1;
    if (!greedy) this.steps = steps + Math.abs(least - begin) + 1;
    if (place !== least) {
      choices.push(
        greedy
          ? { pc: pc + 1, place: place - step, until: least, step: -step, trail }
          : { pc: pc + 1, place: least + step, until: place, step, trail },
      );
    }
    this.place = greedy ? place : least;
    return pc + 1;
  }

  private move(place: number, back: boolean): number {
    if (back ? place <= 0 : place >= this.text.length) return -1;
    if (!this.unicode) return back ? place - 1 : place + 1;
    const from = back ? place - 2 : place;
    const isPair = from >= 0 && (this.text.codePointAt(from) ?? 0) > 0xffff;
    return place + (isPair ? 2 : 1) * (back ? -1 : 1);
  }

  private between(place: number, moved: number): number {
    const from = Math.min(place, moved);
    return (this.unicode ? this.text.codePointAt(from) : this.text.charCodeAt(from)) ?? -1;
  }

  private holds(kind: Extract<Instruction, { op: 'assert' }>['kind'], place: number): boolean {
    const { text, pattern } = this;
    if (kind === 'start')
      return place === 0 || (pattern.multiline && isLineEnd(text.charCodeAt(place - 1)));
    if (kind === 'end')
      return place === text.length || (pattern.multiline && isLineEnd(text.charCodeAt(place)));
    const isBoundary = isWord(text.charCodeAt(place - 1)) !== isWord(text.charCodeAt(place));
    return isBoundary === (kind === 'boundary');
  }

  private equal(a: string, b: string): boolean {
    return this.pattern.ignoreCase ? a.toUpperCase() === b.toUpperCase() : a === b;
  }

  private set(register: number, value: number): void {
    this.trail.push(register, this.registers[register] ?? -1);
    this.registers[register] = value;
  }

  private undo(length: number): void {
    while (this.trail.length > length) {
      const value = this.trail.pop() ?? -1;
      const register = this.trail.pop() ?? 0;
      this.registers[register] = value;
    }
  }
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
}

function isWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f
  );
}
