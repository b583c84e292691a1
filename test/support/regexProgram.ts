import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** Tells whether a character, as a code unit or with the flag `u` a code point, is of a class. */
export type CharacterTest = (code: number) => boolean;

/** A step of a matcher that backtracks, as engines of JavaScript do. `back`: it reads from right to left. */
export type Instruction =
  | { readonly op: 'character'; readonly test: CharacterTest; readonly back: boolean }
  | {
      readonly op: 'run';
      readonly test: CharacterTest;
      readonly back: boolean;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
    }
  | { readonly op: 'fork'; readonly first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly register: number }
  | { readonly op: 'begin'; readonly register: number }
  | {
      readonly op: 'again';
      readonly register: number;
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
      exit: number;
    }
  | { readonly op: 'enter'; readonly register: number; readonly body: number }
  | { readonly op: 'look'; readonly negated: boolean; readonly sub: number; exit: number }
  | { readonly op: 'assert'; readonly kind: 'start' | 'end' | 'boundary' | 'inside' }
  | { readonly op: 'same'; readonly register: number; readonly back: boolean }
  | { readonly op: 'done' };

/** A regular expression, taken apart. */
export interface RegexProgram {
  readonly code: readonly Instruction[];
  readonly registers: number;
  readonly unicode: boolean;
  /** Whether it matches at the begin of a text alone. */
  readonly anchored: boolean;
  /** What a match may begin with; undefined where it may be empty or begin with anything. */
  readonly first: CharacterTest | undefined;
}

/** Takes a regular expression apart; engines don't tell how many steps they take. */
export function regexProgram(pattern: RegExp): RegexProgram {
  const { source, unicode } = pattern;
  const tree = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode,
    unicodeSets: pattern.unicodeSets,
  });
  return new Compiler(pattern).program(tree);
}

class Compiler {
  private readonly code: Instruction[] = [];
  private readonly pattern: RegExp;
  private readonly groups = new Map<AST.CapturingGroup, number>();
  private registers = 0;

  constructor(pattern: RegExp) {
    this.pattern = pattern;
  }

  program(tree: AST.Pattern): RegexProgram {
    this.alternatives(tree.alternatives, false);
    this.code.push({ op: 'done' });
    const { code, registers } = this;
    const first = this.firstOfAll(tree.alternatives);
    const anchored =
      !this.pattern.multiline && tree.alternatives.every(({ elements: [begin] }) => isStart(begin));
    return { code, registers, unicode: this.pattern.unicode, first, anchored };
  }

  private alternatives(list: readonly AST.Alternative[], back: boolean): void {
    const jumps: Extract<Instruction, { op: 'jump' }>[] = [];
    list.forEach((alternative, index) => {
      const isLast = index === list.length - 1;
      const fork = { op: 'fork' as const, first: this.code.length + 1, second: 0 };
      if (!isLast) this.code.push(fork);
      const elements = back ? alternative.elements.toReversed() : alternative.elements;
      for (const element of elements) this.element(element, back);
      if (isLast) return;
      const jump = { op: 'jump' as const, to: 0 };
      this.code.push(jump);
      jumps.push(jump);
      fork.second = this.code.length;
    });
    for (const jump of jumps) jump.to = this.code.length;
  }

  private element(node: AST.Element, back: boolean): void {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        this.code.push({ op: 'character', test: this.characterTest(node.raw), back });
        return;
      case 'Group':
        this.alternatives(node.alternatives, back);
        return;
      case 'CapturingGroup': {
        const register = this.registersOf(node);
        this.code.push({ op: 'save', register: back ? register + 1 : register });
        this.alternatives(node.alternatives, back);
        this.code.push({ op: 'save', register: back ? register : register + 1 });
        return;
      }
      case 'Backreference': {
        const group = Array.isArray(node.resolved) ? node.resolved[0] : node.resolved;
        if (group !== undefined)
          this.code.push({ op: 'same', register: this.registersOf(group), back });
        return;
      }
      case 'Quantifier':
        this.quantifier(node, back);
        return;
      case 'Assertion':
        this.assertion(node);
    }
  }

  private quantifier({ element, min, max, greedy }: AST.Quantifier, back: boolean): void {
    if (isCharacter(element)) {
      const test = this.characterTest(element.raw);
      this.code.push({ op: 'run', test, back, min, max, greedy });
      return;
    }
    // How often it ran, and where it stood before.
    const register = this.registers;
    this.registers += 2;
    this.code.push({ op: 'begin', register });
    const again = { op: 'again' as const, register, min, max, greedy, exit: 0 };
    const at = this.code.push(again) - 1;
    this.code.push({ op: 'enter', register, body: at + 2 });
    this.element(element, back);
    this.code.push({ op: 'jump', to: at });
    again.exit = this.code.length;
  }

  private assertion(node: AST.Assertion): void {
    if (node.kind === 'word') {
      this.code.push({ op: 'assert', kind: node.negate ? 'inside' : 'boundary' });
    } else if (node.kind === 'lookahead' || node.kind === 'lookbehind') {
      const sub = this.code.length + 1;
      const look = { op: 'look' as const, negated: node.negate, sub, exit: 0 };
      this.code.push(look);
      this.alternatives(node.alternatives, node.kind === 'lookbehind');
      this.code.push({ op: 'done' });
      look.exit = this.code.length;
    } else {
      this.code.push({ op: 'assert', kind: node.kind });
    }
  }

  private registersOf(group: AST.CapturingGroup): number {
    let register = this.groups.get(group);
    if (register === undefined) {
      register = this.registers;
      this.registers += 2;
      this.groups.set(group, register);
    }
    return register;
  }

  /** The engine itself is asked what its classes hold, once for each character. */
  private characterTest(raw: string): CharacterTest {
    const flags = this.pattern.flags.replace(/[dgy]/g, '');
    const one = new RegExp(`^(?:${raw})$`, flags.replace('m', ''));
    const known = new Map<number, boolean>();
    return (code) => {
      let is = known.get(code);
      if (is === undefined) {
        is = nativeExec.call(one, String.fromCodePoint(code)) !== null;
        known.set(code, is);
      }
      return is;
    };
  }

  private firstOfAll(list: readonly AST.Alternative[]): CharacterTest | undefined {
    const tests = list.map(({ elements }) => this.firstOfSequence(elements));
    if (tests.includes(undefined)) return undefined;
    const known = new Map<number, boolean>();
    return (code) => {
      const is = known.get(code) ?? tests.some((test) => test?.(code) === true);
      known.set(code, is);
      return is;
    };
  }

  private firstOfSequence(elements: readonly AST.Element[]): CharacterTest | undefined {
    const [element] = elements;
    if (element === undefined) return undefined;
    // What it asserts only makes the choice smaller.
    if (element.type === 'Assertion') return this.firstOfSequence(elements.slice(1));
    if (isCharacter(element)) return this.characterTest(element.raw);
    if (element.type === 'Group' || element.type === 'CapturingGroup')
      return this.firstOfAll(element.alternatives);
    if (element.type !== 'Quantifier') return undefined;
    const test = this.firstOfSequence([element.element]);
    if (element.min > 0 || test === undefined) return test;
    const rest = this.firstOfSequence(elements.slice(1));
    return rest === undefined ? undefined : (code) => test(code) || rest(code);
  }
}

/** Before anybody replaced it. */
const nativeExec = RegExp.prototype.exec;

function isStart(node: AST.Element | undefined): boolean {
  return node?.type === 'Assertion' && node.kind === 'start';
}

function isCharacter(node: AST.Element): boolean {
  return (
    node.type === 'Character' ||
    node.type === 'CharacterSet' ||
    node.type === 'CharacterClass' ||
    node.type === 'ExpressionCharacterClass'
  );
}
